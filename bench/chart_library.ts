/** uPlot, whose text goes into the report. */

import type { ChartLibrary } from "./html_report.ts";
import { installPackage } from "./npm_package.ts";

const VERSION = "1.6.32";

/** Installs uPlot and reads it, or says why there is none. */
export async function findChartLibrary(): Promise<ChartLibrary> {
  try {
    const folder = await installPackage("uplot", VERSION);
    const dist = `${folder}/node_modules/uplot/dist`;
    return {
      script: await Deno.readTextFile(`${dist}/uPlot.iife.min.js`),
      style: await Deno.readTextFile(`${dist}/uPlot.min.css`),
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { reason: error.message };
  }
}
