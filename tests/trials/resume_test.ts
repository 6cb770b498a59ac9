/** Resume exactly once and in order, over many cuts. */

import { resume } from "./scenarios/resume.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(resume);
