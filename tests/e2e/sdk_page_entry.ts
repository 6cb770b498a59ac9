/** The official SDK as a script for a page: bundled by the test, and nothing added. */

import { Centrifuge } from "centrifuge";

Object.assign(globalThis, { Centrifuge });
