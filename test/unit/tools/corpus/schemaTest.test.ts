import assert from 'node:assert/strict';
import { parseSchemaTest } from '../../../../tools/corpus/schemaTest.ts';

const rule = 'bool shouldFail = !!strstr(data->xml_path, "-invalid.");';
const source = `${rule}
/* output files of invalid input */
static const char *exceptions_pool[] = {
    "odd-invalid.xml",
    NULL
};

static const char *skip_pool[] = {
    "broken.xml",
    NULL
};

static const struct testSchemaEntry schemaPool[] = {
    { .dir = "tests/pools",
      .exceptions = exceptions_pool,
      .skip = skip_pool,
    },
    { .dir = "examples/xml/", .dirRegex = "pool-.*" },
    { . file = "examples/one.xml" },
};

#define DO_TEST(sch, ent) \\
    if (testSchemaEntries((sch), (ent), G_N_ELEMENTS(ent)) < 0) \\
        ret = -1;

    DO_TEST(SCHEMAS_PATH "storagepool.rng", schemaPool);
    DO_TEST(INTERNAL_SCHEMAS_PATH "device.rng", testDevice);
`;

describe('the tables of libvirt’s test of its schemas', () => {
  it('name folders and files, what of them is checked, and against which published schema', () => {
    assert.deepEqual(
      parseSchemaTest(source).entries.map(({ filter, ...entry }) => ({ ...entry, filter: filter?.source })),
      [
        {
          schema: 'storagepool.rng',
          path: 'tests/pools',
          isFile: false,
          filter: undefined,
          exceptions: ['odd-invalid.xml'],
          skipped: ['broken.xml'],
        },
        {
          schema: 'storagepool.rng',
          path: 'examples/xml',
          isFile: false,
          filter: 'pool-.*',
          exceptions: [],
          skipped: [],
        },
        {
          schema: 'storagepool.rng',
          path: 'examples/one.xml',
          isFile: true,
          filter: undefined,
          exceptions: [],
          skipped: [],
        },
      ],
    );
  });

  it('tell invalid documents by a mark in the name: anywhere in newer versions, at the end in older ones', () => {
    const names = ['a.xml', 'a-invalid.xml', 'a-invalid.x86_64-latest.xml'];
    const older = source.replace(
      rule,
      'bool shouldFail = virStringHasSuffix(data->xml_path, "-invalid.xml");',
    );
    assert.deepEqual(names.map(parseSchemaTest(source).isInvalid), [false, true, true]);
    assert.deepEqual(names.map(parseSchemaTest(older).isInvalid), [false, true, false]);
  });

  it('that are not as they were are refused instead of being half read', () => {
    assert.throws(() => parseSchemaTest(''), /names no schemas/);
    assert.throws(() => parseSchemaTest(source.replace('schemaPool[]', 'other[]')), /no table schemaPool/);
    assert.throws(() => parseSchemaTest(source.replace('skip_pool[]', 'other[]')), /no list skip_pool/);
    assert.throws(() => parseSchemaTest(source.replace(rule, '')), /which documents are invalid/);
  });
});
