/** What a filter looks at. */
export interface Filterable {
  /** `domain`, `pool` ... */
  readonly kind: string;
  readonly name: string;
  readonly uuid: string | undefined;
  readonly host: string;
  /** What the object is, in words a person would type: `running`, `autostart`, in English and as the row shows them. */
  readonly words: readonly string[];
}

/** Which rows of the tree are shown. */
export interface Filter {
  /** As it was typed. */
  readonly text: string;
  matches(object: Filterable): boolean;
  /** Whether anything on this host can match. */
  allowsHost(host: string): boolean;
  /** Whether anything of this kind can match. */
  allowsKind(kind: string): boolean;
}

/** Kinds that can be asked for by name: `pool:rbd` shows the pools whose names have `rbd` in them, and nothing else. */
const kinds = ['domain', 'pool', 'network', 'secret'];

type Test = (object: Filterable) => boolean;

/**
 * Reads what a person types: words with blanks between, quoted where they hold blanks. All of them must fit; those with
 * the same key (`state:`, `host:`, `name:`, `uuid:` or a kind) are alternatives. A word without a key is part of a name
 * or UUID, the beginning of a state, or the whole name of a host.
 * @returns undefined when there is nothing to filter by
 */
export function parseFilter(text: string): Filter | undefined {
  const words = text.match(/(?:[^\s"]|"[^"]*"?)+/g)?.map(readWord) ?? [];
  const given = words.filter(({ value }) => value !== '');
  if (given.length === 0) return undefined;
  const valuesOf = (key: string): readonly string[] =>
    given.filter((word) => word.key === key).map(({ value }) => value);
  const [hosts, names, states, uuids] = ['host', 'name', 'state', 'uuid'].map(valuesOf);
  const namesOfKind = new Map(kinds.map((kind) => [kind, valuesOf(kind)]));
  const asked = kinds.filter((kind) => valuesOf(kind).length > 0);
  const allowsHost = (host: string): boolean => some(hosts, (value) => has(host, value));
  const allowsKind = (kind: string): boolean => asked.length === 0 || asked.includes(kind);
  const tests: readonly Test[] = [
    ({ host }) => allowsHost(host),
    ({ kind }) => allowsKind(kind),
    ({ kind, name }) => some(namesOfKind.get(kind), (value) => has(name, value)),
    ({ name }) => some(names, (value) => has(name, value)),
    ({ uuid = '' }) => some(uuids, (value) => has(uuid, value)),
    (object) => some(states, (value) => isWordOf(object, value)),
    ...valuesOf('').map(
      (value): Test =>
        (object) =>
          fitsAnywhere(object, value),
    ),
  ];
  return { text, allowsHost, allowsKind, matches: (object) => tests.every((test) => test(object)) };
}

interface Word {
  /** '' for a word without one. */
  readonly key: string;
  /** In small letters. */
  readonly value: string;
}

const keys = ['host', 'name', 'state', 'uuid', ...kinds];

function readWord(word: string): Word {
  const small = word.toLowerCase();
  const key = keys.find((candidate) => small.startsWith(`${candidate}:`)) ?? '';
  const value = small.slice(key === '' ? 0 : key.length + 1).replaceAll('"', '');
  return { key, value };
}

/** Whether one of the values fits; no values ask for nothing. */
function some(values: readonly string[] | undefined, fits: (value: string) => boolean): boolean {
  return values === undefined || values.length === 0 || values.some(fits);
}

function has(text: string, value: string): boolean {
  return text.toLowerCase().includes(value);
}

function fitsAnywhere(object: Filterable, value: string): boolean {
  const { name, uuid = '', host } = object;
  return has(name, value) || has(uuid, value) || host.toLowerCase() === value || isWordOf(object, value);
}

/** `shut` is a word of "shut off"; `active` is none of "inactive". */
function isWordOf({ words }: Filterable, value: string): boolean {
  return words.some((word) => {
    const small = word.toLowerCase();
    return small.startsWith(value) || small.split(/[\s()（）·]+/).some((part) => part.startsWith(value));
  });
}
