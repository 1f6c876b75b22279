/** Bytes as a person may write them, read as the very same number: `100M`. */
export function exactSize(bytes: number): string {
  const units = ['b', 'K', 'M', 'G', 'T'];
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1)
    [value, unit] = [value / 1024, unit + 1];
  return `${value}${units[unit] ?? 'b'}`;
}
