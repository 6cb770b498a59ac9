/** Names of clients and channels, which their users choose: what is invisible in them is shown. */

/**
 * Characters that are not seen, or that change how others are: controls, joiners, marks
 * of direction, fillers, spaces other than the plain one, and lone surrogates.
 */
const INVISIBLE =
  /([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs})/u;

/** A part of a name. */
export interface NamePart {
  readonly text: string;
  /** `text` is the code point of a character that is not seen, such as `U+200B`. */
  readonly isCode: boolean;
}

/** Parts of a name, those that are not seen by their code points. */
export function namePartsOf(name: string): readonly NamePart[] {
  return name.split(INVISIBLE).map((text, index) =>
    index % 2 === 1
      ? { text: codePointOf(text), isCode: true }
      : { text, isCode: false }
  ).filter(({ text }) => text !== "");
}

/** A name as plain text, for titles and tooltips. */
export function visibleName(name: string): string {
  return namePartsOf(name)
    .map(({ text, isCode }) => isCode ? `[${text}]` : text).join("");
}

function codePointOf(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${digits.padStart(4, "0")}`;
}

/** A name or a text of a client, apart from the direction of what stands around it. */
export function Name({ children }: { readonly children: string }) {
  return (
    <bdi>
      {namePartsOf(children).map(({ text, isCode }, index) =>
        isCode ? <mark key={index}>{text}</mark> : text
      )}
    </bdi>
  );
}
