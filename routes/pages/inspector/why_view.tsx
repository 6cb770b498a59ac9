/** Why: what a token allows in a channel, and by which rule. */

import { useState } from "hono/jsx/dom";
import { fieldValue } from "../fields.tsx";
import { Name } from "../name.tsx";
import { type ExplainAnswer, explainAnswer } from "./answers.ts";
import { callApi } from "./api.ts";
import { duration } from "./format.ts";
import { OptionsTable, Problem, Title } from "./parts.tsx";
import { sentenceOf } from "./use_live.ts";

/** The form and the explanation. */
export function WhyView() {
  const [answer, setAnswer] = useState<ExplainAnswer>();
  const [problem, setProblem] = useState<string>();
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    setProblem(undefined);
    callApi("explain", {
      token: fieldValue(target, "token"),
      channel_token: fieldValue(target, "channel_token"),
      channel: fieldValue(target, "channel"),
    }, explainAnswer).then(setAnswer, (error: unknown) => {
      setAnswer(undefined);
      setProblem(sentenceOf(error));
    });
  };
  return (
    <>
      <Title>Why</Title>
      <form class="why" onSubmit={onSubmit}>
        <p class="field">
          <label for="token">
            Token of the connection, or of a subscription; none is a client
            without one
          </label>
          <textarea id="token" name="token" rows={4} spellcheck={false} />
        </p>
        <p class="field">
          <label for="channel_token">
            Token of the subscription beside it, if the client sends one
          </label>
          <textarea
            id="channel_token"
            name="channel_token"
            rows={2}
            spellcheck={false}
          />
        </p>
        <p class="field">
          <label for="channel">Channel</label>
          <input id="channel" name="channel" required autocomplete="off" />
        </p>
        <button type="submit" class="primary">Explain</button>
      </form>
      <Problem>{problem}</Problem>
      {answer && <Explanation answer={answer} />}
    </>
  );
}

function Explanation({ answer }: { readonly answer: ExplainAnswer }) {
  const decisions = Object.entries({
    connect: answer.connect,
    ...answer.actions,
  });
  return (
    <div class="columns" aria-live="polite">
      <section>
        <h3>What it may do</h3>
        {answer.token && <TokenNote token={answer.token} />}
        {answer.channel_token && <TokenNote token={answer.channel_token} />}
        <table>
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Allowed</th>
              <th scope="col">By which rule</th>
            </tr>
          </thead>
          <tbody>
            {decisions.map(([action, { allowed, rule, why, hook }]) => (
              <tr key={action} data-action={action}>
                <th scope="row">{action}</th>
                <td class={allowed ? "yes" : "no"}>{allowed ? "yes" : "no"}</td>
                <td>
                  <code>{rule}</code> <Name>{why}</Name>
                  {hook && ` The hook ${hook} of the program may still refuse.`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section>
        <h3>Options that hold</h3>
        <OptionsTable options={answer.options} />
      </section>
    </div>
  );
}

function TokenNote(
  { token }: { readonly token: NonNullable<ExplainAnswer["token"]> },
) {
  if (token.kind === "invalid") {
    return (
      <p class="problem">
        The token is not accepted ({token.reason}):{" "}
        <Name>{token.message ?? ""}</Name>.
      </p>
    );
  }
  const end = token.expires_in === undefined
    ? "without an end"
    : `for ${duration(token.expires_in)}`;
  return (
    <p class="note">
      A token of a {token.kind} for{" "}
      {token.user ? <Name>{token.user}</Name> : "a client without a uid"}
      {token.channel && (
        <>
          , for the channel <Name>{token.channel}</Name>
        </>
      )}, {end}.
    </p>
  );
}
