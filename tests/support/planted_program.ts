/** The server's program with something planted in front of it. */

import { ROOT } from "./source_files.ts";

/** A file of the repository, whose import map it needs; disposing of it removes it. */
export class PlantedProgram implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Writes the program; `plant` is source text that runs before it. */
  static async write(plant: string): Promise<PlantedProgram> {
    const source = await Deno.readTextFile(new URL("main.ts", ROOT));
    const path = await Deno.makeTempFile({
      dir: import.meta.dirname,
      prefix: "planted_",
      suffix: ".ts",
    });
    const program = source.replaceAll('from "./', 'from "../../');
    await Deno.writeTextFile(path, `${plant}${program}`);
    return new PlantedProgram(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path);
  }
}
