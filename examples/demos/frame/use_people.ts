/** Hook that follows who is in a channel. */

import type { ClientInfo, Subscription } from "centrifuge";
import { useEffect, useState } from "hono/jsx/dom";

/** Lists the people in a channel whose joins and leaves the subscription asks for, each once, by name. */
export function usePeople(subscription: Subscription): readonly ClientInfo[] {
  const [people, setPeople] = useState<readonly ClientInfo[]>([]);
  useEffect(() => {
    const look = async () => {
      if (subscription.state !== "subscribed") return;
      // With the line cut, the next subscription looks again.
      const found = await subscription.presence().catch(() => undefined);
      if (found === undefined) return;
      const byName = new Map(
        Object.values(found.clients).map((info) => [info.user, info]),
      );
      setPeople([...byName.keys()].sort().map((name) => byName.get(name)!));
    };
    subscription.on("subscribed", look).on("join", look).on("leave", look);
    look();
  }, []);
  return people;
}
