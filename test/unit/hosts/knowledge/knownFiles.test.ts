import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { BackgroundReads } from '../../../../src/hosts/knowledge/backgroundReads.ts';
import { KnownFiles } from '../../../../src/hosts/knowledge/knownFiles.ts';

/** A host that answers when the test says so. */
class Questions {
  readonly asked: (readonly string[])[] = [];
  readonly #answers: { resolve(missing: readonly string[]): void; reject(error: Error): void }[] = [];
  readonly reads = new BackgroundReads();
  readonly files: KnownFiles;

  constructor(staleMs?: number) {
    const source = { reads: this.reads, changed: () => undefined };
    const findMissing = (paths: readonly string[]): Promise<readonly string[]> => {
      this.asked.push(paths);
      return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }));
    };
    this.files = new KnownFiles(source, findMissing, staleMs);
  }

  async answer(...missing: readonly string[]): Promise<void> {
    this.#answers.shift()?.resolve(missing);
    await setImmediate();
  }

  async fail(): Promise<void> {
    this.#answers.shift()?.reject(new Error('no answer'));
    await setImmediate();
  }

  get missing(): readonly string[] {
    return [...this.files.missing];
  }
}

describe('what is known of files', () => {
  let host: Questions;
  beforeEach(() => {
    host = new Questions();
  });
  afterEach(() => {
    host.reads.dispose();
  });

  it('is asked by one command, and not again so soon', async () => {
    host.files.want(['/a', '/b', 'relative', '/a']);
    await host.answer('/b');
    assert.deepEqual(host.missing, ['/b']);
    const before = host.files.missing;
    host.files.want(['/a', '/b']);
    host.files.want(['/c']);
    await host.answer();
    assert.deepEqual(host.asked, [['/a', '/b'], ['/c']]);
    assert.equal(host.files.missing, before);
  });

  it('comes for all together that were wanted meanwhile, at most twenty', async () => {
    host.files.want(['/first']);
    for (let number = 0; number < 50; number++) host.files.want([`/${number}`]);
    await host.answer();
    const last = Array.from({ length: 20 }, (_, index) => `/${index + 30}`);
    assert.deepEqual(host.asked, [['/first'], last]);
    assert.deepEqual(host.missing, []);
  });

  it('is asked again once it is old: a file may be there now, or be lost', async () => {
    const forgetful = new Questions(0);
    forgetful.files.want(['/a', '/b', '/c']);
    await forgetful.answer('/a', '/c');
    forgetful.files.want(['/a', '/b']);
    await forgetful.answer('/b');
    assert.deepEqual(forgetful.missing, ['/c', '/b']);
    forgetful.reads.dispose();
  });

  it('is not asked again where the answer failed', async () => {
    host.files.want(['/hangs']);
    await host.fail();
    host.files.forget();
    host.files.want(['/hangs', '/a']);
    await host.answer('/a');
    assert.deepEqual(host.asked, [['/hangs'], ['/a']]);
    assert.deepEqual(host.missing, ['/a']);
  });

  it('is asked anew when it was forgotten, and an answer from before does not count', async () => {
    host.files.want(['/a']);
    await host.answer('/a');
    host.files.want(['/b']);
    host.files.forget();
    assert.deepEqual(host.missing, []);
    await host.answer('/b');
    assert.deepEqual(host.missing, []);
    host.files.want(['/a', '/b']);
    await host.answer('/b');
    assert.deepEqual(host.missing, ['/b']);
  });
});
