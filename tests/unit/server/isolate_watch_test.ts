import { assertEquals } from "@std/assert";
import { IsolateWatch } from "../../../server/isolate_watch.ts";
import { FakeClock, fakeRandom } from "../../support/fake_clock.ts";
import { FakeLocks } from "../../support/fake_locks.ts";

/** Isolates of one process that watch each other. */
class Scene {
  readonly clock = new FakeClock();
  readonly locks = new FakeLocks();
  readonly random = fakeRandom();
  readonly errors: unknown[] = [];

  start(locks = this.locks.of({})) {
    const { clock } = this;
    const node = this.random.uuid();
    const isolate = {
      lost: 0,
      toldToDrain: 0,
      watch: undefined as unknown as IsolateWatch,
    };
    isolate.watch = new IsolateWatch({
      clock,
      node,
      locks,
      onLost: () => isolate.lost++,
      onDraining: () => isolate.toldToDrain++,
      onError: (error) => this.errors.push(error),
    });
    return isolate;
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      this.clock.advance(100);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

/** Isolates that are alive, those that were lost, and nodes. */
function figures({ count }: IsolateWatch): readonly number[] {
  return [count.alive, count.lost, count.nodes.length];
}

Deno.test("An isolate that ends while others live is lost, once, for each of them", async () => {
  const scene = new Scene();
  const [one, two] = [scene.start(), scene.start()];
  const ending = {};
  scene.start(scene.locks.of(ending));
  await scene.pass(3_000);
  assertEquals(figures(one.watch), [3, 0, 3]);
  scene.locks.end(ending);
  await scene.pass(2_000);
  for (const { watch, lost } of [one, two]) {
    assertEquals(figures(watch), [2, 1, 2]);
    assertEquals(lost, 1);
  }
  await scene.pass(10_000);
  assertEquals([one.lost, two.lost], [1, 1]);
});

Deno.test("Isolates that end together are not lost for the last of them", async () => {
  const scene = new Scene();
  const [one, two, three] = [scene.start(), scene.start(), scene.start()];
  await scene.pass(3_000);
  one.watch.close();
  two.watch.close();
  await scene.pass(700);
  three.watch.close();
  await scene.pass(5_000);
  assertEquals(three.lost, 0);
  assertEquals(scene.clock.pending, 0);
  assertEquals(await scene.locks.of({}).query(), { held: [] });
});

Deno.test("An isolate that is alone counts itself, also before its first look", async () => {
  const scene = new Scene();
  const { watch } = scene.start();
  assertEquals(figures(watch), [1, 0, 1]);
  await scene.pass(2_000);
  assertEquals(figures(watch), [1, 0, 1]);
  watch.close();
});

Deno.test("Where the platform refuses locks, that is reported and nothing is lost", async () => {
  const scene = new Scene();
  const refuse = () =>
    Promise.reject(new DOMException("refused", "SecurityError"));
  const { watch, lost } = scene.start({ request: refuse, query: refuse });
  await scene.pass(500);
  assertEquals(scene.errors.length, 3);
  assertEquals([figures(watch), lost], [[1, 0, 1], 0]);
  watch.close();
});

Deno.test("An isolate that drains waits for one that begins after the signal, and lets it know", async () => {
  const scene = new Scene();
  const one = scene.start();
  await scene.pass(500);
  let isOver = false;
  const drained = one.watch.drain(2).then(() => isOver = true);
  await scene.pass(1_000);
  assertEquals(isOver, false);
  const two = scene.start();
  await scene.pass(500);
  assertEquals([isOver, two.toldToDrain, one.toldToDrain], [false, 1, 0]);
  const other = two.watch.drain(2);
  await scene.pass(100);
  await Promise.all([drained, other]);
  one.watch.close();
  two.watch.close();
  assertEquals(scene.clock.pending, 0);
});

Deno.test("A drain waits neither for isolates that have ended nor where locks are refused", async () => {
  const scene = new Scene();
  const [one, two] = [scene.start(), scene.start()];
  await scene.pass(500);
  two.watch.close();
  const drained = one.watch.drain(2);
  await scene.pass(300);
  await drained;
  one.watch.close();
  const refuse = () =>
    Promise.reject(new DOMException("refused", "SecurityError"));
  const { watch } = scene.start({ request: refuse, query: refuse });
  await watch.drain(2);
  watch.close();
});
