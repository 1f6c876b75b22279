import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { smallSchemas } from '../xml/schemas/smallSchemas.ts';
import { LintProgram } from './lintProgram.ts';

const clean = '<domain><name>a</name><devices/></domain>';
const misspelt = '<domain>\n  <nme>a</nme><devices/>\n</domain>';

interface Complaint {
  readonly file: string;
  readonly code: string;
  readonly [name: string]: unknown;
}

describe('libvirt-xml-lint', function () {
  this.timeout(30_000);
  let program: LintProgram;

  const complaints = async (...args: string[]): Promise<readonly Complaint[]> => {
    const { stdout } = await program.run(['--format', 'json', ...args]);
    return JSON.parse(stdout) as readonly Complaint[];
  };

  before(async () => {
    program = await LintProgram.build(smallSchemas);
    await program.write('clean.xml', clean);
    await program.write('misspelt.xml', misspelt);
  });

  after(() => program.remove());

  it('ends with 0 and an empty report when nothing is wrong', async () => {
    assert.deepEqual(await program.run(['clean.xml']), {
      exitCode: 0,
      stdout: '',
      stderr: 'Errors: 0, warnings: 0, notes: 0; files: 1.\n',
    });
    assert.equal((await program.run(['--format', 'json', 'clean.xml'])).stdout, '[]\n');
  });

  it('ends with 1 and says each fault as compilers do', async () => {
    const { exitCode, stdout, stderr } = await program.run(['misspelt.xml', 'clean.xml']);
    assert.equal(exitCode, 1);
    assert.match(stdout, /^misspelt\.xml:2:4: error: [^\n]*<name>[^\n]* \[unknown-element\]\n$/);
    assert.equal(stderr, 'Errors: 1, warnings: 0, notes: 0; files: 2.\n');
  });

  it('gives places as JSON: from 1, in UTF-16 units, the end behind the token', async () => {
    await program.write('wide.xml', '<domain><name>😀</name>\r\n<devices>é<hubb/></devices></domain>');
    const [text, element] = await complaints('wide.xml', '--rules', 'none');
    assert.deepEqual(
      { ...element, message: '', expected: '' },
      {
        ...{ file: 'wide.xml', line: 2, col: 12, endLine: 2, endCol: 16 },
        ...{ severity: 'error', code: 'unknown-element', message: '', expected: '' },
      },
    );
    assert.ok(Array.isArray(element?.['expected']) && element['expected'].includes('hub'));
    assert.deepEqual([text?.code, text?.['col'], text?.['endCol']], ['stray-text', 10, 11]);
  });

  it('leaves out what is expected where there is nothing to name', async () => {
    await program.write('open.xml', '<secret>');
    const [fault, ...others] = await complaints('open.xml');
    assert.deepEqual(Object.keys(fault ?? {}), [
      ...['file', 'line', 'col', 'endLine', 'endCol', 'severity', 'code', 'message'],
    ]);
    assert.deepEqual([fault?.code, others], ['unclosed-element', []]);
  });

  it('says the most important first', async () => {
    await program.write('many.xml', '<domain><devices><disk/><hubb/></devices><nme>&x;</nme></domain>');
    assert.deepEqual(
      (await complaints('many.xml')).map(({ code }) => code),
      ['unknown-entity', 'unknown-element', 'unknown-element', 'missing-attribute'],
    );
  });

  it('writes SARIF that names the rules behind the results, and files relative to where it runs', async () => {
    await program.write('a folder/ä.xml', misspelt);
    const { exitCode, stdout } = await program.run([
      '--format',
      'sarif',
      'a folder/ä.xml',
      `${program.work}/clean.xml`,
    ]);
    const { version, runs } = JSON.parse(stdout) as { version: string; runs: readonly Run[] };
    assert.deepEqual([exitCode, version, runs.length], [1, '2.1.0', 1]);
    const { tool, results, columnKind } = runs[0]!;
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.equal(tool.driver.name, 'libvirt-xml-lint');
    assert.deepEqual(
      results.map(({ ruleId, level, locations }) => ({ ruleId, level, ...locations[0]!.physicalLocation })),
      [
        {
          ruleId: 'unknown-element',
          level: 'error',
          artifactLocation: { uri: 'a%20folder/%C3%A4.xml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 7 },
        },
      ],
    );
    const [rule] = tool.driver.rules;
    assert.deepEqual([rule?.id, rule?.shortDescription.text !== ''], ['unknown-element', true]);
    assert.match(rule?.helpUri ?? '', /^https:/);
  });

  it('judges by the name of the root, however little else there is', async () => {
    await program.write('device.xml', '<disk/>');
    await program.write('empty.xml', '<domain/>');
    assert.deepEqual(
      (await complaints('device.xml', 'empty.xml')).map(({ file, code }) => [file, code]),
      [['device.xml', 'missing-attribute'], ...[['empty.xml', 'missing-element']]],
    );
  });

  it('complains of a root that is none of libvirt’s, and names the one it looks like', async () => {
    await program.write('misspelt-root.xml', '<domian><name>a</name><devices/></domian>');
    await program.write('other-root.xml', '<project/>');
    const [misspeltRoot, otherRoot, ...more] = await complaints('misspelt-root.xml', 'other-root.xml');
    assert.deepEqual([misspeltRoot?.['col'], misspeltRoot?.['endCol'], more], [2, 8, []]);
    assert.match(String(misspeltRoot?.['message']), /<domain>/);
    assert.deepEqual([otherRoot?.code, otherRoot?.['col'], otherRoot?.['endCol']], ['unknown-root', 2, 9]);
  });

  it('goes on when a file cannot be read, says so and ends with 2', async () => {
    await program.write('latin.xml', Buffer.from('<secret>\u00e9</secret>', 'latin1'));
    const { exitCode, stdout, stderr } = await program.run(['none.xml', 'latin.xml', 'misspelt.xml']);
    assert.equal(exitCode, 2);
    assert.match(stdout, /^misspelt\.xml:2:4:/);
    assert.deepEqual(stderr.split('\n').slice(0, 2), [
      'libvirt-xml-lint: none.xml: There is no such file.',
      'libvirt-xml-lint: latin.xml: The text is not in the encoding that it claims, or not in UTF-8.',
    ]);
  });

  it('ends with 2 when the schemas have none for a document', async () => {
    await program.write('network.xml', '<network/>');
    const { exitCode, stderr } = await program.run(['network.xml']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /network\.xml: .*network\.rng/);
  });

  it('reads other encodings, by byte order mark and declaration', async () => {
    const utf16 = Buffer.from(`\ufeff${misspelt}`, 'utf16le');
    await program.write('utf16.xml', utf16);
    await program.write('utf16be.xml', Buffer.from(utf16).swap16());
    await program.write('utf8.xml', `\ufeff${misspelt}`);
    await program.write(
      'latin1.xml',
      Buffer.from(
        `<?xml version='1.0' encoding='ISO-8859-1'?><domain><name>\u00e9</name><devices/></domain>`,
        'latin1',
      ),
    );
    const found = await complaints('utf16.xml', 'utf16be.xml', 'utf8.xml', 'latin1.xml');
    assert.deepEqual(
      found.map(({ file, line, col }) => [file, line, col]),
      ['utf16.xml', 'utf16be.xml', 'utf8.xml'].map((file) => [file, 2, 4]),
    );
  });

  it('reads standard input', async () => {
    for (const argument of ['--stdin', '-']) {
      const { exitCode, stdout } = await program.run([argument], { input: misspelt });
      assert.equal(exitCode, 1);
      assert.match(stdout, /^<stdin>:2:4: error/);
    }
  });

  it('takes a folder as the libvirt documents in it', async () => {
    await program.write('tree/b.xml', clean);
    await program.write('tree/deep/a.xml', "<domain type='kvm'><nme/><devices/></domain>");
    await program.write('tree/deep/pom.xml', '<project/>');
    await program.write('tree/deep/notes.txt', misspelt);
    const found = await complaints('tree', '--rules', 'none');
    assert.deepEqual(new Set(found.map(({ file }) => file)), new Set(['tree/deep/a.xml']));
  });

  it('takes the schemas of a folder that is named', async () => {
    await program.write('own/domain.rng', smallSchemas.get('domain.rng') ?? '');
    await program.write(
      'own/domaincommon.rng',
      (smallSchemas.get('domaincommon.rng') ?? '').replace('name="name"', 'name="nme"'),
    );
    assert.equal((await program.run(['--schemas', 'own', 'misspelt.xml'])).exitCode, 0);
    const { exitCode, stderr } = await program.run(['--schemas', 'nowhere', 'misspelt.xml']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^libvirt-xml-lint: The schemas in nowhere cannot be read\./);
  });

  it('checks all rules, those that are named, or none', async () => {
    await program.write(
      'rbd.xml',
      "<domain type='kvm'><name>a</name><devices><disk type='network'><source protocol='rbd' name='p/i'><host name='m'/></source><target dev='vda'/></disk></devices></domain>",
    );
    const rulesIn = async (rules: string): Promise<readonly string[]> =>
      (await complaints('rbd.xml', '--rules', rules))
        .map(({ code }) => code)
        .filter((code) => code.startsWith('rbd-'));
    assert.ok((await rulesIn('all')).includes('rbd-disk-without-auth'));
    assert.deepEqual(await rulesIn('rbd-disk-without-auth'), ['rbd-disk-without-auth']);
    assert.deepEqual(await rulesIn('unknown-rule-in-comment'), []);
    assert.deepEqual(await rulesIn('none'), []);
  });

  it('says what it can do and which version it is', async () => {
    const help = await program.run(['--help']);
    assert.deepEqual([help.exitCode, help.stderr], [0, '']);
    for (const option of ['--schemas', '--format', '--rules', '--stdin'])
      assert.ok(help.stdout.includes(option));
    assert.match((await program.run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('refuses arguments that make no sense', async () => {
    for (const args of [
      [],
      ['--format', 'yaml', 'a.xml'],
      ['--rules', 'no-such-rule', 'a.xml'],
      ['--frmat', 'json', 'a'],
    ]) {
      const { exitCode, stdout, stderr } = await program.run(args);
      assert.deepEqual([exitCode, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^libvirt-xml-lint: .*libvirt-xml-lint --help\n$/s);
    }
  });

  it('prints nothing that steers a terminal', async () => {
    await program.write('escape.xml', '<domain><name>a</name><devices>\u001b[2Jx</devices></domain>');
    const { stdout } = await program.run(['escape.xml', '--rules', 'none']);
    assert.ok(stdout.length > 0);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(
      process.execPath,
      [program.script, ...Array.from({ length: 5000 }, () => 'misspelt.xml')],
      {
        cwd: program.work,
      },
    );
    const ended = once(child, 'close');
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await ended;
    assert.equal(errors, '');
  });

  it('speaks the language of the environment when it is translated', async () => {
    await program.translate('zh-cn', { 'There is no such file.': '没有这个文件。' });
    assert.match((await program.run(['x.xml'], { locale: 'zh_CN.UTF-8' })).stderr, /没有这个文件。/);
    assert.match((await program.run(['x.xml'], { locale: 'de_DE.UTF-8' })).stderr, /There is no such file\./);
  });
});

interface Run {
  readonly columnKind: string;
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly rules: readonly {
        readonly id: string;
        readonly shortDescription: { readonly text: string };
        readonly helpUri: string;
      }[];
    };
  };
  readonly results: readonly {
    readonly ruleId: string;
    readonly level: string;
    readonly locations: readonly { readonly physicalLocation: object }[];
  }[];
}
