import { parseExpression } from '../../relaxng/datatypes/regex/parse.ts';
import type { Pattern } from '../../relaxng/pattern.ts';
import type { Datatype } from '../../relaxng/datatypes/datatype.ts';
import { expressionSample } from './expressionSample.ts';

/** Texts of the kinds that libvirt's datatypes ask for, the simplest first: what a person then types over. */
const typicalTexts: readonly string[] = [
  '',
  'name',
  '1',
  '0',
  'KiB',
  '/path',
  '192.168.122.1',
  '192.168.122.1/24',
  '2001:db8::1',
  '52:54:00:00:00:01',
  '00000000-0000-0000-0000-000000000000',
  '0x0000',
  '0x00',
  '0x0',
  'vda',
  '1.0',
  '2.10',
  '0-1',
  '1,2',
  'virbr0',
  '5000000000000001',
  '2026-01-01T00:00:00',
  '0x500000000000000a',
  '0000:00:00.0',
  '0.0.0000',
  'aio',
];

/** A text that the pattern takes, for the place of a value that is not known yet; undefined when none comes to mind. */
export function sampleOf(pattern: Pattern): string | undefined {
  switch (pattern.kind) {
    case 'value':
      return pattern.value;
    case 'data':
      return datatypeSample(pattern.datatype);
    case 'text':
    case 'empty':
      return '';
    case 'choice':
      return (
        firstOf(typicalTexts, (text) =>
          pattern.members.some((member) => takes(member, text)) ? text : undefined,
        ) ?? firstOf(pattern.members, sampleOf)
      );
    case 'oneOrMore':
      return sampleOf(pattern.repeated);
    case 'list':
      return sampleOf(pattern.items);
    case 'group':
    case 'interleave': {
      const samples = pattern.members.map(sampleOf);
      return samples.includes(undefined) ? undefined : samples.join(' ');
    }
    default:
      return undefined;
  }
}

function takes(pattern: Pattern, text: string): boolean {
  return pattern.kind === 'data' && pattern.datatype.takes(text);
}

function datatypeSample(datatype: Datatype): string | undefined {
  return (
    datatype.values[0] ??
    firstOf([...typicalTexts, ...fromFacets(datatype)], (text) => (datatype.takes(text) ? text : undefined))
  );
}

/** Texts that the facets of a datatype suggest. */
function fromFacets({ facets }: Datatype): readonly string[] {
  return facets.flatMap(({ name, value }) => {
    if (name === 'minInclusive') return [value.trim()];
    return name === 'pattern' ? (expressionSample(parseExpression(value)) ?? []) : [];
  });
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
