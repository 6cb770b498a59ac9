/** Rules of the classroom: who teaches, and who may draw. The page only shows what they decide. */

import type { EmbeddedHub } from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { denied, invalid } from "../frame/refusals.ts";

const MAX_NUMBERS = 800;

type Role = "teacher" | "student";

/** One teacher, students, and a whiteboard. */
export const classroom: Demo = {
  name: "classroom",
  title: "Classroom",
  summary:
    "A whiteboard on which the teacher draws, students who raise their hands, and a pen that can be lent.",
  hint:
    "Try to draw on the right: the server refuses. Raise a hand there, lend the pen on the left, and try again.",
  shows: ["permissions by hooks", "presence info", "history", "RPC"],
  channels: {
    "classroom:*": {
      allow: ["subscribe", "publish", "presence", "history"],
      historySize: 300,
    },
    // Only the server publishes here: the name of the student who has the pen.
    "classroom-pen:*": { allow: ["subscribe", "history"], historySize: 1 },
  },
  sources: ["page.tsx", "use_room.ts", "board.tsx", "rules.ts"],
  rules({ hub }) {
    /** Roles by connection: a hook runs on the node that has the connection. */
    const roles = new Map<string, Role>();
    const isTeacher = (id = "") => roles.get(id) === "teacher";
    return {
      async onSubscribe({ connection, channel, data }) {
        if (!channel.startsWith("classroom:")) return;
        // The first who wants to teach does.
        const teacher = await teacherOf(hub, channel) ?? connection.uid;
        const role = Object(data).role === "teacher" &&
            teacher === connection.uid
          ? "teacher"
          : "student";
        roles.set(connection.id, role);
        return { info: { role }, data: { role } };
      },
      async onPublish({ connection, channel, data }) {
        const { stroke, hand, clear } = Object(data);
        if (typeof hand === "boolean") return { data: { hand } };
        if (clear === true) {
          if (isTeacher(connection.id)) return { data: { clear } };
          throw denied("only the teacher wipes the board");
        }
        const mayDraw = isTeacher(connection.id) ||
          connection.uid === await penOf(hub, channel);
        if (!mayDraw) {
          throw denied("only the teacher draws, and who has the pen");
        }
        if (isStroke(stroke)) return { data: { stroke } };
        throw invalid("a stroke is a list of numbers");
      },
      async onRpc({ connection, data }) {
        const { room, user } = Object(data);
        if (!isTeacher(connection?.id)) {
          throw denied("only the teacher lends the pen");
        }
        await hub.publish(`classroom-pen:${room}`, { user: String(user) });
      },
      onDisconnect({ connection }) {
        roles.delete(connection.id);
      },
    };
  },
};

/** Name of the one in the room whom the server has made its teacher. */
async function teacherOf(
  hub: EmbeddedHub,
  channel: string,
): Promise<string | undefined> {
  const people = [...(await hub.presence(channel)).values()];
  return people.find(({ chanInfo = "null" }) =>
    JSON.parse(chanInfo)?.role === "teacher"
  )?.user;
}

/** Name of the student who has the pen. */
async function penOf(hub: EmbeddedHub, channel: string): Promise<unknown> {
  const pen = channel.replace("classroom:", "classroom-pen:");
  const { publications } = await hub.history(pen);
  return Object(publications.at(-1)?.data).user;
}

function isStroke(stroke: unknown): boolean {
  return Array.isArray(stroke) && stroke.length <= MAX_NUMBERS &&
    stroke.every((value) => Number.isFinite(value));
}
