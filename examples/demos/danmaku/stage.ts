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

  /** A sun that rises and sets over hills. */
  #drawVideo(time: number): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext("2d")!;
    const height01 = (1 + Math.sin(time / 4)) / 2;
    const sky = context.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(
      0,
      `hsl(${225 - 15 * height01} 45% ${14 + 18 * height01}%)`,
    );
    sky.addColorStop(
      1,
      `hsl(${20 + 20 * height01} 70% ${38 + 20 * height01}%)`,
    );
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
    context.fillStyle = "hsl(42 95% 65%)";
    context.beginPath();
    context.arc(
      width * 0.65,
      height * (0.95 - 0.6 * height01),
      height * 0.11,
      0,
      7,
    );
    context.fill();
    for (const [level, shade] of [[0.72, 22], [0.84, 14]] as const) {
      context.fillStyle = `hsl(165 35% ${shade}%)`;
      context.beginPath();
      context.moveTo(0, height);
      for (let x = 0; x <= width; x += 12) {
        const wave = Math.sin(x / width * 9 + level * 40 + time * (1 - level));
        context.lineTo(x, height * (level + 0.07 * wave));
      }
      context.lineTo(width, height);
      context.fill();
    }
  }
}
