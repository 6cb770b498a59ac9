/** Canvas that stands for the video, with the comments that fly across it. */

/** A comment on its way. */
interface Flight {
  readonly text: string;
  readonly hue: number;
  readonly isOwn: boolean;
  readonly lane: number;
  readonly width: number;
  x: number;
}

const LANES = 11;
/** Pixels per second of the fastest comments. */
const SPEED = 260;

/** Draws the picture and the comments; a lane that is full takes no more, so that they can be read. */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #flights = new Set<Flight>();
  #last = performance.now();

  /** Begins to draw, until the canvas leaves the page. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    requestAnimationFrame((now) => this.#draw(now));
  }

  /** Lets a comment fly, if a lane has room for it; one's own flies in any case. */
  add(text: string, hue: number, isOwn: boolean): void {
    const { width } = this.#canvas;
    const free = [...Array(LANES).keys()].filter((lane) =>
      ![...this.#flights].some((flight) =>
        flight.lane === lane && flight.x + flight.width > width - 20
      )
    );
    const lane = free[Math.floor(Math.random() * free.length)] ??
      (isOwn ? 0 : undefined);
    if (lane === undefined) return;
    const context = this.#context(isOwn);
    const { width: length } = context.measureText(text);
    this.#flights.add({ text, hue, isOwn, lane, width: length, x: width });
  }

  #context(isOwn: boolean): CanvasRenderingContext2D {
    const context = this.#canvas.getContext("2d")!;
    const size = this.#canvas.height / (LANES + 1) * 0.72;
    context.font = `${isOwn ? 700 : 500} ${size}px system-ui, sans-serif`;
    return context;
  }

  #draw(now: number): void {
    const canvas = this.#canvas;
    const seconds = Math.min((now - this.#last) / 1_000, 0.1);
    this.#last = now;
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    this.#drawVideo(now / 1_000);
    for (const flight of this.#flights) {
      const speed = SPEED * (1 - flight.lane % 3 * 0.18) * devicePixelRatio;
      flight.x -= speed * seconds;
      if (flight.x + flight.width < 0) this.#flights.delete(flight);
      const y = (flight.lane + 1) * canvas.height / (LANES + 1);
      const context = this.#context(flight.isOwn);
      context.lineWidth = 3;
      context.strokeStyle = "rgb(0 0 0 / 60%)";
      context.strokeText(flight.text, flight.x, y);
      context.fillStyle = `hsl(${flight.hue} 90% ${flight.isOwn ? 70 : 88}%)`;
      context.fillText(flight.text, flight.x, y);
    }
    if (canvas.isConnected) requestAnimationFrame((now) => this.#draw(now));
  }

  /** A sun that rises and sets behind a hill. */
  #drawVideo(time: number): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d")!;
    const day = (1 + Math.sin(time / 4)) / 2;
    context.fillStyle = `hsl(${225 - 15 * day} 45% ${16 + 24 * day}%)`;
    context.fillRect(0, 0, width, height);
    const disc = (x: number, y: number, radius: number, colour: string) => {
      context.fillStyle = colour;
      context.beginPath();
      context.arc(x * width, y * height, radius * height, 0, 7);
      context.fill();
    };
    disc(0.65, 0.95 - 0.6 * day, 0.11, "hsl(42 95% 65%)");
    disc(0.4, 2.6, 1.9, "hsl(165 35% 22%)");
    disc(0.8, 2.2, 1.4, "hsl(165 35% 14%)");
  }
}
