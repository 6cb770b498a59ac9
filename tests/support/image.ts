/** The Dockerfile, carried out without Docker: its files, its build, its command and its check of health. */

import { ROOT } from "./source_files.ts";

/** What the Dockerfile says, in the order of its lines. */
interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** A user without rights. */
const NOBODY = "65534";

function parse(dockerfile: string): readonly Instruction[] {
  return dockerfile.split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", ...words] = line.split(" ");
      return { name, rest: words.join(" ") };
    });
}

/** An image in a directory; disposing of it removes that. */
export class Image implements AsyncDisposable {
  readonly #directory: string;
  readonly #instructions: readonly Instruction[];

  private constructor(
    directory: string,
    instructions: readonly Instruction[],
  ) {
    this.#directory = directory;
    this.#instructions = instructions;
  }

  /** Carries out the first stage: what the second one copies is what it leaves. */
  static async build(): Promise<Image> {
    const text = await Deno.readTextFile(new URL("Dockerfile", ROOT));
    const directory = await Deno.makeTempDir({ prefix: "thrum-image-" });
    const image = new Image(directory, parse(text));
    try {
      await image.#build();
      // The user of the image reads all, and writes nothing.
      await run(["chmod", "-R", "a+rX,go-w", directory]);
      return image;
    } catch (error) {
      await image[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What the container runs, as a user without rights. */
  command(env: Readonly<Record<string, string>>): Deno.Command {
    return this.#asNobody(this.#json("CMD"), env);
  }

  /** Checks its health, within the time that the instruction gives to that. */
  async isHealthy(env: Readonly<Record<string, string>>): Promise<boolean> {
    const [, seconds] = /--timeout=(\d+)s/.exec(this.#line("HEALTHCHECK")) ??
      [];
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), Number(seconds) * 1_000);
    try {
      const check = this.#asNobody(this.#json("HEALTHCHECK"), env, end.signal);
      return (await check.output()).code === 0;
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#directory, { recursive: true });
  }

  async #build(): Promise<void> {
    const app = `${this.#directory}/app`;
    await Deno.mkdir(app);
    const end = this.#instructions.findLastIndex(({ name }) => name === "FROM");
    for (const { name, rest } of this.#instructions.slice(0, end)) {
      if (name === "COPY") {
        const paths = rest.split(" ");
        const to = paths.pop();
        const from = paths.map((path) => new URL(path, ROOT).pathname);
        await run(["cp", "-r", ...from, `${app}/${to}`]);
      }
      if (name === "RUN") {
        const [program = "", ...args] = rest.split(" ");
        await run([program === "deno" ? Deno.execPath() : program, ...args], {
          cwd: app,
          env: { DENO_DIR: `${this.#directory}/deno-dir` },
        });
      }
    }
  }

  /** The list that is the end of an instruction of the last stage. */
  #json(instruction: string): readonly string[] {
    const rest = this.#line(instruction);
    return JSON.parse(rest.slice(rest.indexOf("[")));
  }

  /** The instruction of the last stage, without its name. */
  #line(instruction: string): string {
    const found = this.#instructions.findLast(({ name }) =>
      name === instruction
    );
    if (found === undefined) throw new Error(`No ${instruction} in Dockerfile`);
    return found.rest;
  }

  #asNobody(
    [program = "", ...args]: readonly string[],
    env: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Deno.Command {
    const binary = program === "deno" ? Deno.execPath() : program;
    const rights = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
    return new Deno.Command("setpriv", {
      args: [...rights, binary, ...args],
      cwd: `${this.#directory}/app`,
      ...signal && { signal },
      clearEnv: true,
      env: {
        ...this.#env(),
        DENO_DIR: `${this.#directory}/deno-dir`,
        NO_COLOR: "1",
        ...env,
      },
      stdout: "piped",
      stderr: "piped",
    });
  }

  #env(): Record<string, string> {
    const lines = this.#instructions.filter(({ name }) => name === "ENV");
    const pairs = lines.flatMap(({ rest }) => rest.split(" "));
    return Object.fromEntries(pairs.map((pair) => pair.split("=")));
  }
}

async function run(
  [program = "", ...args]: readonly string[],
  options: Deno.CommandOptions = {},
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    ...options,
    args,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`${program} ${args}: ${new TextDecoder().decode(stderr)}`);
}
