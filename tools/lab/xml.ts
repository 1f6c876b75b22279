/** A piece of XML that is not escaped again where it is put into another. */
export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** Builds XML from a template: values are escaped, pieces of XML and lists of them put in as they are. */
export function xml(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Xml | readonly Xml[])[]
): Xml {
  return new Xml(
    parts.map((part, index) => (index === 0 ? '' : insert(values[index - 1] ?? '')) + part).join(''),
  );
}

function insert(value: string | number | Xml | readonly Xml[]): string {
  if (value instanceof Xml) return value.text;
  if (typeof value === 'object') return value.map(String).join('\n');
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;');
}
