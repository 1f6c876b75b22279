import assert from 'node:assert/strict';
import { domainText, fileDisk } from '../domainText.ts';
import { fixed, found, foundOnce, titles } from '../samples.ts';

const withDriver = (driver: string, vcpu = ''): string =>
  domainText({ vcpu, devices: fileDisk('vda', { driver }) });

describe('native-io-with-cache', () => {
  const id = 'native-io-with-cache';

  it('finds a cache that native I/O does not go with, and offers what it goes with', () => {
    const text = withDriver(`io='native' cache='writeback'`);
    const finding = foundOnce(id, text);
    assert.equal(finding.at, 'native');
    assert.equal(
      finding.message,
      'io="native" does not go with cache="writeback": libvirt refuses the definition.',
    );
    assert.deepEqual(titles(finding.fixes), [
      'Write cache="none" *',
      'Write cache="directsync"',
      'Write io="threads"',
    ]);
    assert.ok(fixed(id, text).includes(`io='native' cache='none'`));
    assert.ok(fixed(id, text, undefined, 'Write io="threads"').includes(`io='threads' cache='writeback'`));
  });

  it('finds that the cache is left to QEMU', () => {
    assert.match(foundOnce(id, withDriver(`io='native'`)).message, /needs cache="none"/);
    assert.ok(fixed(id, withDriver(`io='native'`)).includes(`io='native' cache='none'`));
  });

  for (const driver of [
    `io='native' cache='none'`,
    `io='native' cache='directsync'`,
    `io='threads' cache='writeback'`,
    `io='io_uring' cache='unsafe'`,
    `cache='writeback'`,
  ]) {
    it(`accepts ${driver}`, () => {
      assert.deepEqual(found(id, withDriver(driver)), []);
    });
  }
});

describe('detect-zeroes-without-discard', () => {
  const id = 'detect-zeroes-without-discard';

  it('finds that zeroes are not unmapped', () => {
    assert.equal(foundOnce(id, withDriver(`detect_zeroes='unmap'`)).severity, 'information');
    assert.ok(fixed(id, withDriver(`detect_zeroes='unmap' discard='ignore'`)).includes(`discard='unmap'`));
  });

  it('accepts the pair, and plain detection', () => {
    assert.deepEqual(found(id, withDriver(`detect_zeroes='unmap' discard='unmap'`)), []);
    assert.deepEqual(found(id, withDriver(`detect_zeroes='on'`)), []);
  });
});

describe('unknown-iothread', () => {
  const id = 'unknown-iothread';

  it('finds a thread where there is none, and gives the domain as many', () => {
    assert.equal(foundOnce(id, withDriver(`iothread='2'`)).at, '2');
    assert.ok(fixed(id, withDriver(`iothread='2'`)).includes('<iothreads>2</iothreads>'));
  });

  it('finds one beyond the count', () => {
    const text = withDriver(`iothread='3'`, '<iothreads>2</iothreads>');
    assert.ok(fixed(id, text).includes('<iothreads>3</iothreads>'));
  });

  it('counts as libvirt does: what is listed, then the lowest numbers that are free', () => {
    const listed = `<iothreads>3</iothreads><iothreadids><iothread id='2'/><iothread id='9'/></iothreadids>`;
    for (const number of [1, 2, 9]) {
      assert.deepEqual(found(id, withDriver(`iothread='${number}'`, listed)), [], `${number}`);
    }
    for (const number of [3, 8, 10]) {
      assert.deepEqual(foundOnce(id, withDriver(`iothread='${number}'`, listed)).fixes, []);
    }
  });

  it('leaves what is no number to the schema', () => {
    assert.deepEqual(found(id, withDriver(`iothread='x'`)), []);
  });
});
