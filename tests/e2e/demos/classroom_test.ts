/** The classroom: what the server lets a teacher and a student do. */

import { assertEquals } from "@std/assert";
import type { Locator } from "playwright-core";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";
import { eventually } from "../../support/eventually.ts";

const classroomTest = demoTests("classroom");

function press({ root }: DemoPane, name: string): Promise<void> {
  return root.getByRole("button", { name }).click();
}

/** The whiteboard, once it has that many strokes. */
function board({ root }: DemoPane, strokes: number): Locator {
  return root.getByRole("img", { name: new RegExp(`: ${strokes} strokes`) });
}

classroomTest(
  "A student may draw with the pen that the teacher lends, and the server refuses it before",
  async ({ open }) => {
    const { left: teacher, right: student, complaints } = await open();
    const ben = await student.name();
    const seat = teacher.root.getByLabel("Roster").getByRole("listitem")
      .filter({ hasText: ben });
    await seat.getByText("student").waitFor();
    await press(teacher, "Draw a star");
    await board(student, 1).waitFor();

    await press(student, "Draw a star");
    await student.root.getByText(
      "The server refuses: only the teacher draws, and who has the pen",
    ).waitFor();
    await press(student, "Wipe the board");
    await student.root.getByText(
      "The server refuses: only the teacher wipes the board",
    ).waitFor();
    await board(teacher, 1).waitFor();

    await press(student, "Raise your hand");
    await seat.getByText("raises a hand").waitFor();
    await press(teacher, "Lend the pen");
    await student.root.getByText("has the pen").waitFor();
    await press(student, "Draw a star");
    await board(teacher, 2).waitFor();
    await press(teacher, "Take the pen back");
    await student.root.getByText("has the pen").waitFor({ state: "detached" });
    await press(student, "Draw a star");
    await student.root.getByText("The server refuses").waitFor();

    await press(teacher, "Wipe the board");
    await board(student, 0).waitFor();
    assertEquals(complaints, []);
  },
);

classroomTest(
  "A student whose line was cut has the whole board on return, and so has one who comes later, as a student",
  async ({ open }) => {
    const { left: teacher, right: student } = await open();
    await press(teacher, "Draw a star");
    await board(student, 1).waitFor();
    await student.cut();
    await press(teacher, "Draw a star");
    await press(teacher, "Draw a star");
    await board(teacher, 3).waitFor();
    await board(student, 1).waitFor();
    await student.mend();
    await board(student, 3).waitFor();
    await student.count("recovered", 2).waitFor();
    await student.count("lost", 0).waitFor();

    // Its left pane asks to teach, too; the chair is taken.
    const later = await open();
    await board(later.left, 3).waitFor();
    await press(later.left, "Draw a star");
    await later.left.root.getByText("The server refuses").waitFor();
  },
);

classroomTest(
  "A teacher whose line was cut is the teacher again",
  async ({ open }) => {
    const { left: teacher, right: student } = await open();
    await press(teacher, "Draw a star");
    await board(student, 1).waitFor();
    await teacher.cut();
    await teacher.mend();
    // What is drawn until the line is back arrives together: more than one at once.
    const more = student.root.getByRole("img", { name: /: (?!1 )\d+ strokes/ });
    await eventually(async () => {
      await press(teacher, "Draw a star");
      return await more.count() > 0;
    }, { awaited: "a second star", timeoutMs: 20_000 });
  },
);

classroomTest(
  "A line that is drawn with the pointer grows on the other board",
  async ({ open }) => {
    const { page, left, right } = await open();
    await left.root.getByLabel("Roster").getByText("teacher").waitFor();
    const box = (await board(left, 0).boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 80, { steps: 8 });
    await board(right, 1).waitFor();
    await page.mouse.move(box.x + 160, box.y + 40, { steps: 8 });
    await page.mouse.up();
    await eventually(
      async () => await right.root.locator("polyline[points*=' ']").count() > 1,
      { awaited: "the rest of the line", timeoutMs: 20_000 },
    );
  },
);
