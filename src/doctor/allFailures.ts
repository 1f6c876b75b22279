import type { Failure } from './failure.ts';
import { capsTooNarrowFailure } from './failures/cephx/capsTooNarrow.ts';
import { clientPrefixInUsernameFailure } from './failures/cephx/clientPrefixInUsername.ts';
import { diskWithoutAuthFailure } from './failures/cephx/diskWithoutAuth.ts';
import { poolSecretByUsageFailure } from './failures/cephx/poolSecretByUsage.ts';
import { secretMissingFailure } from './failures/cephx/secretMissing.ts';
import { secretNotOnAllHostsFailure } from './failures/cephx/secretNotOnAllHosts.ts';
import { secretWithoutValueFailure } from './failures/cephx/secretWithoutValue.ts';
import { unknownCephUserFailure } from './failures/cephx/unknownCephUser.ts';
import { wrongKeyFailure } from './failures/cephx/wrongKey.ts';
import { backingFileMissingFailure } from './failures/chain/backingFileMissing/backingFileMissing.ts';
import { qcow2AsRawFailure } from './failures/chain/qcow2AsRaw/qcow2AsRaw.ts';
import { cephFullFailure } from './failures/cluster/cephFull.ts';
import { clockSkewFailure } from './failures/cluster/clockSkew.ts';
import { osdDownFailure } from './failures/cluster/osdDown.ts';
import { pgLimitFailure } from './failures/cluster/pgLimit.ts';
import { slowOpsFailure } from './failures/cluster/slowOps.ts';
import { cephClientLoggingFailure } from './failures/images/cephClientLogging.ts';
import { imageFeaturesUnsupportedFailure } from './failures/images/imageFeaturesUnsupported.ts';
import { imageHasSnapshotsFailure } from './failures/images/imageHasSnapshots.ts';
import { imageInTrashFailure } from './failures/images/imageInTrash.ts';
import { imageInUseFailure } from './failures/images/imageInUse.ts';
import { volumeNotAttachedFailure } from './failures/images/volumeNotAttached/volumeNotAttached.ts';
import { daemonNotRunningFailure } from './failures/libvirt/daemonNotRunning/daemonNotRunning.ts';
import { droppedElementsFailure } from './failures/libvirt/droppedElements.ts';
import { duplicateTargetFailure } from './failures/libvirt/duplicateTarget.ts';
import { noHotplugOnBusFailure } from './failures/libvirt/noHotplugOnBus.ts';
import { noPolkitAgentFailure } from './failures/libvirt/noPolkitAgent.ts';
import { nvramLostFailure } from './failures/libvirt/nvramLost.ts';
import { snapshotOnRawFailure } from './failures/libvirt/snapshotOnRaw.ts';
import { socketNotPermittedFailure } from './failures/libvirt/socketNotPermitted.ts';
import { stateChangeLockFailure } from './failures/libvirt/stateChangeLock.ts';
import { textOnTunnelFailure } from './failures/libvirt/textOnTunnel.ts';
import { cephPoolMissingFailure } from './failures/reach/cephPoolMissing.ts';
import { cephUnreachableFailure } from './failures/reach/cephUnreachable.ts';
import { domainStuckInStartFailure } from './failures/reach/domainStuckInStart.ts';
import { missingStorageBackendFailure } from './failures/storage/missingStorageBackend/missingStorageBackend.ts';
import { poolInactiveAfterBootFailure } from './failures/storage/poolInactive/poolInactiveAfterBoot.ts';
import { unreadableImageFailure } from './failures/storage/unreadableImage/unreadableImage.ts';
import { volumesOutOfStepFailure } from './failures/storage/volumesOutOfStep/volumesOutOfStep.ts';
import { authSupportedRemovedFailure } from './failures/versions/authSupportedRemoved.ts';
import { clientOlderThanClusterFailure } from './failures/versions/clientOlderThanCluster.ts';
import { functionNotSupportedFailure } from './failures/versions/functionNotSupported.ts';
import { imageFormat1Failure } from './failures/versions/imageFormat1.ts';
import { librbdReplacedFailure } from './failures/versions/librbdReplaced.ts';
import { oldCipherFailure } from './failures/versions/oldCipher.ts';

/** All failures that are known. A page of its own is made of each, see docs/failures. */
export const allFailures: readonly Failure[] = [
  imageInUseFailure,
  imageHasSnapshotsFailure,
  imageInTrashFailure,
  backingFileMissingFailure,
  qcow2AsRawFailure,
  missingStorageBackendFailure,
  socketNotPermittedFailure,
  noPolkitAgentFailure,
  textOnTunnelFailure,
  stateChangeLockFailure,
  droppedElementsFailure,
  snapshotOnRawFailure,
  noHotplugOnBusFailure,
  duplicateTargetFailure,
  nvramLostFailure,
  daemonNotRunningFailure,
  volumeNotAttachedFailure,
  imageFeaturesUnsupportedFailure,
  cephClientLoggingFailure,
  unreadableImageFailure,
  pgLimitFailure,
  cephFullFailure,
  osdDownFailure,
  slowOpsFailure,
  clockSkewFailure,
  cephUnreachableFailure,
  domainStuckInStartFailure,
  diskWithoutAuthFailure,
  wrongKeyFailure,
  unknownCephUserFailure,
  clientPrefixInUsernameFailure,
  capsTooNarrowFailure,
  secretMissingFailure,
  secretWithoutValueFailure,
  secretNotOnAllHostsFailure,
  poolSecretByUsageFailure,
  clientOlderThanClusterFailure,
  functionNotSupportedFailure,
  imageFormat1Failure,
  authSupportedRemovedFailure,
  oldCipherFailure,
  librbdReplacedFailure,
  poolInactiveAfterBootFailure,
  volumesOutOfStepFailure,
  cephPoolMissingFailure,
];
