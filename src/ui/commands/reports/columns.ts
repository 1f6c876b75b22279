/** Lines whose parts stand below each other; the last column is not filled up. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = new Map<number, number>();
  for (const row of rows)
    row.forEach((cell, index) => {
      widths.set(index, Math.max(widths.get(index) ?? 0, widthOf(cell)));
    });
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths.get(index) ?? 0) - widthOf(cell)),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Chinese characters are as wide as two Latin ones. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}
