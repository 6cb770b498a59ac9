/** Anchors of headings. */

/** Makes the anchor of a heading, by GitHub's rule: lower case, without punctuation, `-` for a space. */
export function slugOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
