/** Cursors of all people in a field: positions at the rate of the screen, colours by presence. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo, usePeople } from "../frame/mod.ts";
import { Pointer, type Position } from "./pointer.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const channel = `cursors:${pane.room}`;
  const field = client.newSubscription(channel, { joinLeave: true });
  const pointer = new Pointer(client, pane.room);
  // Who comes, or comes back, has no position of those who rest.
  field.on("join", () => pointer.announce());
  field.on("subscribed", () => pointer.announce());
  render(<Field pane={pane} field={field} pointer={pointer} />, pane.root);
  client.connect();
});

interface FieldProps {
  readonly pane: DemoPane;
  readonly field: Subscription;
  readonly pointer: Pointer;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.04, 0],
  ArrowRight: [0.04, 0],
  ArrowUp: [0, -0.04],
  ArrowDown: [0, 0.04],
};

function Field({ pane, field, pointer }: FieldProps) {
  const people = usePeople(field);
  const [places, setPlaces] = useState<ReadonlyMap<string, Position>>(
    new Map(),
  );
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    field.on("publication", ({ data: { who, ...position } }) => {
      setPlaces((places) => {
        const last = places.get(who)?.step ?? position.step - 1;
        pane.tally.add("received");
        if (position.step > last + 1) {
          pane.tally.add("lost", position.step - last - 1);
        }
        return new Map(places).set(who, position);
      });
    });
    field.subscribe();
  }, []);
  const move = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = area.current!.getBoundingClientRect();
    pointer.move((clientX - left) / width, (clientY - top) / height);
  };
  const press = (event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    pointer.by(...way);
  };
  return (
    <>
      <div
        class="field-of-cursors"
        ref={area}
        role="application"
        aria-label={`Field of ${pane.name}: move with the pointer or the arrow keys`}
        tabindex={0}
        onPointerMove={move}
        onKeyDown={press}
      >
        {people.map(({ user }) => (
          <Cursor key={user} user={user} position={places.get(user)} />
        ))}
      </div>
      <button type="button" onClick={() => pointer.dance()}>Dance</button>
    </>
  );
}

interface CursorProps {
  readonly user: string;
  /** Unknown as long as it rests. */
  readonly position: Position | undefined;
}

function Cursor({ user, position }: CursorProps) {
  const { x, y } = position ?? { x: 0.5, y: 0.5 };
  const place = { left: `${x * 100}%`, top: `${y * 100}%` };
  return (
    <span
      class="cursor"
      data-who={user}
      style={{ "--hue": String(hueOf(user)), ...place }}
    >
      {user}
    </span>
  );
}
