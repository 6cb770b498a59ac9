/** Whiteboard: strokes of people, each a line in the colour of its name. */

import { useRef, useState } from "hono/jsx/dom";
import { hueOf } from "../frame/mod.ts";

/** A line on the board. */
export interface Stroke {
  readonly from: string;
  /** x and y by turns, from 0 to 100 and from 0 to 60. */
  readonly stroke: readonly number[];
}

/** Properties of a {@linkcode Board}. */
export interface BoardProps {
  /** Name of the person in front of it. */
  readonly name: string;
  readonly strokes: readonly Stroke[];
  /** Called with what was drawn. */
  readonly onDraw: (stroke: readonly number[]) => void;
}

/** Numbers of a stroke after which the next one goes on: others see it grow. */
const PIECE = 12;

const STAR = [50, 8, 63, 50, 28, 24, 72, 24, 37, 50, 50, 8];

/** The board, to be drawn on with a pointer; a button draws a star. */
export function Board({ name, strokes, onDraw }: BoardProps) {
  const board = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState<readonly number[]>([]);
  const pointOf = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = board.current!.getBoundingClientRect();
    const x = (clientX - left) / width * 100;
    const y = (clientY - top) / height * 60;
    return [x, y].map((value) => Math.round(value * 10) / 10);
  };
  const start = (event: PointerEvent) => {
    board.current!.setPointerCapture(event.pointerId);
    setDrawn(pointOf(event));
  };
  const move = (event: PointerEvent) => {
    if (drawn.length === 0) return;
    const longer = [...drawn, ...pointOf(event)];
    if (longer.length < PIECE) return setDrawn(longer);
    onDraw(longer);
    setDrawn(longer.slice(-2));
  };
  const end = () => {
    if (drawn.length > 2) onDraw(drawn);
    setDrawn([]);
  };
  return (
    <>
      <svg
        class="board"
        ref={board}
        viewBox="0 0 100 60"
        role="img"
        aria-label={`Whiteboard of ${name}: ${strokes.length} strokes`}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
      >
        {[...strokes, { from: name, stroke: drawn }].map((
          { from, stroke },
          index,
        ) => (
          <polyline
            key={index}
            points={stroke.join(" ")}
            style={{ "--hue": String(hueOf(from)) }}
          />
        ))}
      </svg>
      <button type="button" onClick={() => onDraw(STAR)}>Draw a star</button>
    </>
  );
}
