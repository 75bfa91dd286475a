/** A plain table: a header, a rule, rows; columns as wide as their widest cell, wrapped at 60. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => wrap(cell)));
  const widths = header.map((title, column) =>
    Math.max(
      title.length,
      ...cells.flatMap((row) => (row[column] ?? ['']).map((line) => line.length)),
    ),
  );
  const line = (parts: readonly string[]): string =>
    `  ${widths.map((width, column) => (parts[column] ?? '').padEnd(width)).join('  ')}`.trimEnd();
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) =>
      line(row.map((lines) => lines[index] ?? '')),
    );
  });
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...body].join('\n');
}

const WRAP = 60;

function wrap(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length + 1 > WRAP) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
