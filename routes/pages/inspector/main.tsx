/** The script of `/inspector`: the login, or the view that the address names. */

import { render } from "hono/jsx/dom";
import { Inspector } from "./inspector.tsx";
import { Login } from "./login.tsx";

const root = document.getElementById("inspector");

if (root?.dataset.access === "login") render(<Login />, root);
else if (root) {
  render(
    <Inspector hasSession={root.dataset.access === "session"} />,
    root,
  );
}
