/** Fake model: prepared words on a timer, as a real model streams them. */

/** Milliseconds between two words. */
const WORD_MS = 70;

const WORDS =
  `I am no model, only a list of words and a timer, but this is how the answer
of a real one travels. The server appends each word to a text that the hub
keeps as a whole. Words that come within 40 milliseconds share a publication,
and a reader that follows gets the difference alone, so a long answer costs
little more than its words. Come late, and you begin with all that was said so
far. Lose the line in the middle of a sentence, and the first message after it
brings the whole again: you never see a hole, and nothing is said to you twice.
When I am done, the text is closed, every reader knows it, and no one can add
another word.`.split(/\s+/);

/** Streams the answer to a question. */
export async function* streamAnswer(question: string): AsyncIterable<string> {
  for (const word of [`You asked: “${question}”`, ...WORDS]) {
    await new Promise((resolve) => setTimeout(resolve, WORD_MS));
    yield `${word} `;
  }
}
