import assert from 'node:assert/strict';
import type { AgentKey } from '../../../../../src/transport/ssh/auth/agentKeys.ts';
import { chooseIdentities } from '../../../../../src/transport/ssh/auth/chooseIdentities.ts';
import type { Identity } from '../../../../../src/transport/ssh/auth/identity.ts';
import type { KeyFile } from '../../../../../src/transport/ssh/auth/keyFile.ts';
import { resolveSshHost } from '../../../../../src/transport/ssh/config/resolveSshHost.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { readPublic } from '../../support/sshServer.ts';
import { makeKeyPair } from '../../support/keys.ts';

const keys = Array.from({ length: 9 }, () => readPublic(makeKeyPair().public));

function identity(name: string): Identity {
  return { name, publicKey: () => Promise.resolve(undefined), sign: () => Promise.reject(new Error(name)) };
}

function agent(number: number): AgentKey {
  return { publicKey: keys[number]!, identity: identity(`agent${number}`) };
}

function file(number: number, hasPrivate = true): KeyFile {
  const name = `file${number}`;
  return { path: name, publicKey: keys[number], identity: hasPrivate ? identity(name) : undefined };
}

describe('chooseIdentities', () => {
  const log = new RecordingLog();

  async function choose(
    agentKeys: readonly AgentKey[],
    files: readonly KeyFile[],
    { only = false, configured = false } = {},
  ): Promise<string[]> {
    log.lines.length = 0;
    const base = await resolveSshHost('kvm1', { home: '/nowhere', env: {}, log, systemFolder: '/nowhere' });
    const config = { ...base, identitiesOnly: only, identityFilesConfigured: configured };
    return chooseIdentities(config, agentKeys, files, log).map(({ name }) => name);
  }

  it('tries keys of the agent that files name, its other keys, then files', async () => {
    const chosen = await choose([agent(0), agent(1), agent(2)], [file(3), file(1)]);
    assert.deepEqual(chosen, ['agent1', 'agent0', 'agent2', 'file3']);
  });

  it('leaves the agent’s other keys out with IdentitiesOnly', async () => {
    const chosen = await choose([agent(0), agent(1)], [file(1, false), file(2)], {
      only: true,
      configured: true,
    });
    assert.deepEqual(chosen, ['agent1', 'file2']);
  });

  it('tries no public key whose private key nobody has', async () => {
    assert.deepEqual(await choose([], [file(0, false)]), []);
    assert.match(log.text, /file0 is a public key, and no agent holds its private key/);
  });

  it('tries at most five, keeps those that are configured, and says which are left out', async () => {
    const crowd = [0, 1, 2, 3, 4, 5].map(agent);
    assert.deepEqual(await choose(crowd, [file(7)]), ['agent0', 'agent1', 'agent2', 'agent3', 'agent4']);
    assert.match(log.text, /warn .*@kvm1: these keys are not tried.*: agent5, file7\./);
    const chosen = await choose(crowd, [file(7), file(3)], { configured: true });
    assert.deepEqual(chosen, ['agent3', 'agent0', 'agent1', 'agent2', 'file7']);
    assert.match(log.text, /: agent4, agent5\./);
  });
});
