import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/doctor/failure.ts';
import { backingFileMissingFailure } from '../../../../src/doctor/failures/chain/backingFileMissing/backingFileMissing.ts';
import { qcow2AsRawFailure } from '../../../../src/doctor/failures/chain/qcow2AsRaw/qcow2AsRaw.ts';
import { daemonNotRunningFailure } from '../../../../src/doctor/failures/libvirt/daemonNotRunning/daemonNotRunning.ts';
import { droppedElementsFailure } from '../../../../src/doctor/failures/libvirt/droppedElements.ts';
import { duplicateTargetFailure } from '../../../../src/doctor/failures/libvirt/duplicateTarget.ts';
import { noHotplugOnBusFailure } from '../../../../src/doctor/failures/libvirt/noHotplugOnBus.ts';
import { noPolkitAgentFailure } from '../../../../src/doctor/failures/libvirt/noPolkitAgent.ts';
import { nvramLostFailure } from '../../../../src/doctor/failures/libvirt/nvramLost.ts';
import { snapshotOnRawFailure } from '../../../../src/doctor/failures/libvirt/snapshotOnRaw.ts';
import { socketNotPermittedFailure } from '../../../../src/doctor/failures/libvirt/socketNotPermitted.ts';
import { stateChangeLockFailure } from '../../../../src/doctor/failures/libvirt/stateChangeLock.ts';
import { textOnTunnelFailure } from '../../../../src/doctor/failures/libvirt/textOnTunnel.ts';
import { knownTo } from '../absentPatient.ts';
import { texts, type TextName } from './texts.ts';

/** All other texts of the list are near misses. */
const own: readonly (readonly [Failure, readonly TextName[]])[] = [
  [socketNotPermittedFailure, ['socket']],
  [noPolkitAgentFailure, ['polkit', 'policy']],
  [daemonNotRunningFailure, ['noSocket', 'refused', 'noDriver', 'masked']],
  [stateChangeLockFailure, ['lock', 'agentLock']],
  [textOnTunnelFailure, ['packet', 'foreign', 'foreignZh']],
  [droppedElementsFailure, ['dropped']],
  [snapshotOnRawFailure, ['snapshot']],
  [noHotplugOnBusFailure, ['sata', 'ide', 'pci', 'ideBus']],
  [duplicateTargetFailure, ['target', 'targetThere']],
  [nvramLostFailure, ['undefineNvram', 'noVarStore']],
  [backingFileMissingFailure, ['backing']],
  [qcow2AsRawFailure, ['format', 'notQcow2']],
];

describe('what libvirt says', () => {
  for (const [failure, names] of own) {
    it(`is taken for ${failure.id} where it is that, and nowhere else`, () => {
      assert.deepEqual(
        knownTo(failure, Object.values(texts)),
        names.map((name) => texts[name]),
      );
    });
  }
});
