export function looksLikeLibvirtXml(text: string): boolean {
  return /<(domain|pool|secret|network|volume)\b/.test(text);
}
