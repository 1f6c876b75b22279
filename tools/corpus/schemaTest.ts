/** Files of libvirt's source tree that its test of the schemas checks against one of them. */
export interface SchemaTestEntry {
  /** The schema's file name, as `domain.rng`. */
  readonly schema: string;
  /** From the top of the source tree: a folder, whose .xml files are checked, or with `isFile` one file. */
  readonly path: string;
  readonly isFile: boolean;
  /** Only the files of the folder whose names it matches. */
  readonly filter?: RegExp | undefined;
  /** File names for which the opposite verdict is expected. */
  readonly exceptions: readonly string[];
  /** File names that are not checked. */
  readonly skipped: readonly string[];
}

export interface SchemaTest {
  readonly entries: readonly SchemaTestEntry[];
  /** Whether a document of that name must be refused by its schema, exceptions aside. */
  readonly isInvalid: (fileName: string) => boolean;
}

/**
 * Reads the tables of libvirt's tests/virschematest.c. Schemas made for the test alone are left out.
 * Throws when it is not as the versions 9.0.0 to 11.3.0 have it.
 */
export function parseSchemaTest(source: string): SchemaTest {
  const code = source.replace(/\/\*.*?\*\//gs, '');
  const lists = new Map(
    Array.from(
      code.matchAll(/^static const char \*(\w+)\[\] = \{([^}]*)\};/gm),
      ([, name = '', body = '']) => [name, stringsIn(body)],
    ),
  );
  const listOf = (name: string | undefined): readonly string[] => {
    if (name === undefined) return [];
    const list = lists.get(name);
    if (list === undefined) throw new Error(`virschematest.c has no list ${name}.`);
    return list;
  };
  const tables = new Map(
    Array.from(
      code.matchAll(/^static const struct testSchemaEntry (\w+)\[\] = \{(.*?)^\};/gms),
      ([, name = '', body = '']) => [
        name,
        Array.from(body.matchAll(/\{([^{}]*)\}/g), ([, fields = '']) => fields),
      ],
    ),
  );
  const tests = Array.from(code.matchAll(/\bDO_TEST\(SCHEMAS_PATH "([^"]+)", (\w+)\)/g));
  if (tests.length === 0) throw new Error('virschematest.c names no schemas.');
  const entries = tests.flatMap(([, schema = '', table = '']) => {
    const rows = tables.get(table);
    if (rows === undefined) throw new Error(`virschematest.c has no table ${table}.`);
    return rows.map((row) => parseEntry(schema, row, listOf));
  });
  return { entries, isInvalid: invalidRule(code) };
}

function parseEntry(
  schema: string,
  row: string,
  listOf: (name: string | undefined) => readonly string[],
): SchemaTestEntry {
  const fields = new Map(
    Array.from(row.matchAll(/\.\s*(\w+)\s*=\s*(?:"([^"]*)"|(\w+))/g), ([, name = '', text, list]) => [
      name,
      text ?? list ?? '',
    ]),
  );
  const file = fields.get('file');
  const path = file ?? fields.get('dir');
  if (path === undefined) throw new Error(`virschematest.c has neither folder nor file in {${row}}.`);
  const filter = fields.get('dirRegex');
  return {
    schema,
    path: path.replace(/\/$/, ''),
    isFile: file !== undefined,
    filter: filter === undefined ? undefined : new RegExp(filter),
    exceptions: listOf(fields.get('exceptions')),
    skipped: listOf(fields.get('skip')),
  };
}

/** Versions differ in where a name must have the mark. */
function invalidRule(code: string): (fileName: string) => boolean {
  const [, rule, mark] = /\bshouldFail = [!]*(strstr|virStringHasSuffix)\([^"]*"([^"]+)"\)/.exec(code) ?? [];
  if (rule === undefined || mark === undefined) {
    throw new Error('virschematest.c does not say which documents are invalid.');
  }
  return rule === 'strstr' ? (name) => name.includes(mark) : (name) => name.endsWith(mark);
}

function stringsIn(code: string): string[] {
  return Array.from(code.matchAll(/"([^"]*)"/g), ([, text = '']) => text);
}
