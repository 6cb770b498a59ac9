/** The inspector: its navigation, and the view that the address names. */

import { useEffect, useState } from "hono/jsx/dom";
import { logOut } from "./api.ts";
import { ChannelView } from "./channel_view.tsx";
import { ChannelsView } from "./channels_view.tsx";
import { ConnectionView } from "./connection_view.tsx";
import { ConnectionsView } from "./connections_view.tsx";
import { Overview } from "./overview.tsx";
import { Problem, Title } from "./parts.tsx";
import { sentenceOf } from "./use_live.ts";
import { UserView } from "./user_view.tsx";
import { hrefOf, titleOf, useView, type View } from "./view.ts";
import { WhyView } from "./why_view.tsx";

const TABS = [
  ["overview", "Overview", ["overview"]],
  ["channels", "Channels", ["channels", "channel"]],
  ["connections", "Connections", ["connections", "connection", "user"]],
  ["why", "Why", ["why"]],
] as const satisfies readonly (readonly [
  View["kind"],
  string,
  readonly View["kind"][],
])[];

/** All of it. */
export function Inspector({ hasSession }: { readonly hasSession: boolean }) {
  const view = useView();
  const title = titleOf(view);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const [problem, setProblem] = useState<string>();
  const onLogOut = () =>
    logOut().then(
      () => location.reload(),
      (error: unknown) => setProblem(sentenceOf(error)),
    );
  return (
    <>
      <div class="inspector-bar">
        <nav aria-label="Inspector">
          <ul class="tabs">
            {TABS.map(([kind, label, kinds]) => (
              <li key={kind}>
                <a
                  href={hrefOf({ kind })}
                  aria-current={isOneOf(view.kind, kinds) ? "page" : undefined}
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {hasSession && (
          <button type="button" class="quiet" onClick={onLogOut}>
            Log out
          </button>
        )}
      </div>
      {problem && <Problem>{problem}</Problem>}
      <Shown key={hrefOf(view)} view={view} />
    </>
  );
}

function isOneOf(
  kind: View["kind"],
  kinds: readonly View["kind"][],
): boolean {
  return kinds.includes(kind);
}

function Shown({ view }: { readonly view: View }) {
  switch (view.kind) {
    case "overview":
      return <Overview />;
    case "channels":
      return <ChannelsView />;
    case "channel":
      return <ChannelView channel={view.name} />;
    case "connections":
      return <ConnectionsView />;
    case "connection":
      return <ConnectionView client={view.name} />;
    case "user":
      return <UserView user={view.name} />;
    case "why":
      return <WhyView />;
    case "missing":
      return <MissingView />;
  }
}

function MissingView() {
  return (
    <>
      <Title>No such page</Title>
      <p class="lead">
        This address names no view of the inspector. Go to the{" "}
        <a href={hrefOf({ kind: "overview" })}>overview</a>, or choose a part
        above.
      </p>
    </>
  );
}
