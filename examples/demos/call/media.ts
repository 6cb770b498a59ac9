/** Pictures of a person: of the camera, or without a camera drawn ones. */

const WIDTH = 320;
const HEIGHT = 240;

/** Opens the camera, without sound: both sides of a demo are in one room. */
export async function openPictures(
  name: string,
  hue: number,
): Promise<MediaStream> {
  try {
    const video = { width: WIDTH, height: HEIGHT };
    return await navigator.mediaDevices.getUserMedia({ video });
  } catch {
    // No camera, no permission, or no TLS: the call works all the same.
    return drawPictures(name, hue);
  }
}

/** A face that moves, in the colour of its person. */
function drawPictures(name: string, hue: number): MediaStream {
  const canvas = Object.assign(document.createElement("canvas"), {
    width: WIDTH,
    height: HEIGHT,
  });
  const context = canvas.getContext("2d")!;
  const stream = canvas.captureStream(12);
  const draw = () => {
    const turn = Date.now() / 600;
    context.fillStyle = `hsl(${hue} 35% 28%)`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = `hsl(${hue} 70% 65%)`;
    context.beginPath();
    context.arc(WIDTH / 2 + 24 * Math.sin(turn), 140, 52, 0, 7);
    context.fill();
    context.font = "20px sans-serif";
    context.textAlign = "center";
    context.fillText(name, WIDTH / 2, 40);
    const isOver = stream.getTracks().every(({ readyState }) =>
      readyState === "ended"
    );
    if (isOver) clearInterval(timer);
  };
  const timer = setInterval(draw, 80);
  draw();
  return stream;
}
