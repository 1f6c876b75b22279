import assert from 'node:assert/strict';
import { parseFilter, type Filterable } from '../../../../src/ui/explorer/filter.ts';

const web1: Filterable = {
  kind: 'domain',
  name: 'Web-01',
  uuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60',
  host: 'kvm1',
  words: ['running', '运行中', 'active', 'autostart', 'persistent'],
};
const db1: Filterable = {
  kind: 'domain',
  name: 'db1',
  uuid: undefined,
  host: 'kvm2',
  words: ['shut off (saved)', 'inactive', 'manual'],
};
const pool: Filterable = {
  kind: 'pool',
  name: 'rbd-pool',
  uuid: undefined,
  host: 'kvm1',
  words: ['active', 'autostart'],
};
const all = [web1, db1, pool];

function shown(text: string): readonly string[] {
  const filter = parseFilter(text);
  return all.filter((object) => filter?.matches(object) ?? true).map(({ name }) => name);
}

describe('a filter of the tree', () => {
  it('that has no words filters nothing', () => {
    for (const text of ['', '   ', 'state:', '""', 'host:""'])
      assert.equal(parseFilter(text), undefined, text);
  });

  it('finds a part of a name or a UUID, in capital letters or small', () => {
    assert.deepEqual(shown('WEB'), ['Web-01']);
    assert.deepEqual(shown('7d54-4e0b'), ['Web-01']);
    assert.deepEqual(shown('uuid:3F2B'), ['Web-01']);
    assert.deepEqual(shown('name:b'), ['Web-01', 'db1', 'rbd-pool']);
  });

  it('finds the beginnings of states, in both languages', () => {
    assert.deepEqual(shown('state:run'), ['Web-01']);
    assert.deepEqual(shown('运行'), ['Web-01']);
    assert.deepEqual(shown('off'), ['db1']);
    assert.deepEqual(shown('saved'), ['db1']);
    assert.deepEqual(shown('state:"shut off"'), ['db1']);
    assert.deepEqual(shown('active'), ['Web-01', 'rbd-pool'], 'inactive is not active');
  });

  it('wants all words to fit, and takes those of one key as alternatives', () => {
    assert.deepEqual(shown('autostart web'), ['Web-01']);
    assert.deepEqual(shown('autostart state:running state:paused'), ['Web-01']);
    assert.deepEqual(shown('state:running state:shut'), ['Web-01', 'db1']);
    assert.deepEqual(shown('web db'), []);
  });

  it('finds a host by a part of its name with the key, and by the whole name without', () => {
    assert.deepEqual(shown('host:vm2'), ['db1']);
    assert.deepEqual(shown('kvm2'), ['db1']);
    assert.deepEqual(shown('vm2'), []);
    assert.equal(parseFilter('host:kvm1 web')?.allowsHost('kvm2'), false);
    assert.equal(parseFilter('web')?.allowsHost('kvm2'), true);
  });

  it('shows kinds that are asked for, and no others', () => {
    assert.deepEqual(shown('pool:rbd'), ['rbd-pool']);
    assert.deepEqual(shown('pool:rbd domain:db'), ['db1', 'rbd-pool']);
    assert.equal(parseFilter('pool:rbd')?.allowsKind('domain'), false);
    assert.equal(parseFilter('rbd')?.allowsKind('domain'), true);
  });

  it('takes names of any characters as they are', () => {
    const odd: Filterable = { ...db1, name: 'a b:$(c) "d" .*' };
    const matches = (text: string): boolean => parseFilter(text)?.matches(odd) ?? false;
    assert.ok(matches('"a b"'));
    assert.ok(matches('$(c)'));
    assert.ok(matches('.*'));
    assert.ok(matches('b:'));
    assert.ok(!matches('.+'));
  });
});
