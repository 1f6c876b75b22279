import { unknownRuleInComment } from './comments/unknownRuleInComment.ts';
import { bootOrderWithOsBoot } from './devices/bootOrderWithOsBoot.ts';
import { detectZeroesWithoutDiscard } from './devices/detectZeroesWithoutDiscard.ts';
import { diskNameOfOtherBus } from './devices/diskNameOfOtherBus.ts';
import { duplicateAddress } from './devices/duplicateAddress.ts';
import { duplicateAlias } from './devices/duplicateAlias.ts';
import { duplicateBootOrder } from './devices/duplicateBootOrder.ts';
import { duplicateChannelName } from './devices/duplicateChannelName.ts';
import { duplicateController } from './devices/duplicateController.ts';
import { duplicateDiskSerial } from './devices/duplicateDiskSerial.ts';
import { duplicateDiskTarget } from './devices/duplicateDiskTarget.ts';
import { duplicateGraphicsPort } from './devices/duplicateGraphicsPort.ts';
import { duplicateMac } from './devices/duplicateMac.ts';
import { ejectableOnVirtio } from './devices/ejectableOnVirtio.ts';
import { graphicsOpenToAll } from './devices/graphicsOpenToAll.ts';
import { ideOnPcieMachine } from './devices/ideOnPcieMachine.ts';
import { nativeIoWithCache } from './devices/nativeIoWithCache.ts';
import { pciSlotOutOfRange } from './devices/pciSlotOutOfRange.ts';
import { unknownIothread } from './devices/unknownIothread.ts';
import { cpuTopologyMismatch } from './domain/cpuTopologyMismatch.ts';
import { currentMemoryAboveMemory } from './domain/currentMemoryAboveMemory.ts';
import { domainAlreadyDefined } from './domain/domainAlreadyDefined.ts';
import { metadataNamespace } from './domain/metadataNamespace.ts';
import { numaCpus } from './domain/numaCpus.ts';
import { numaMemoryMismatch } from './domain/numaMemoryMismatch.ts';
import { nvramMissing } from './domain/nvramMissing.ts';
import { nvramWithoutUefi } from './domain/nvramWithoutUefi.ts';
import { qemuNamespace } from './domain/qemuNamespace.ts';
import { secureBootRequirements } from './domain/secureBootRequirements.ts';
import { tinyMemory } from './domain/tinyMemory.ts';
import { tooManyVcpus } from './domain/tooManyVcpus.ts';
import { uefiWithoutAcpi } from './domain/uefiWithoutAcpi.ts';
import { unavailableCpuModel } from './domain/unavailableCpuModel.ts';
import { unavailableDevice } from './domain/unavailableDevice.ts';
import { unavailableMachine } from './domain/unavailableMachine.ts';
import { unavailableVirtType } from './domain/unavailableVirtType.ts';
import { vcpuCurrentAboveMaximum } from './domain/vcpuCurrentAboveMaximum.ts';
import { bridgeOfOtherNetwork } from './network/bridgeOfOtherNetwork.ts';
import { dhcpRangeOutsideSubnet } from './network/dhcpRangeOutsideSubnet.ts';
import { duplicateDhcpHost } from './network/duplicateDhcpHost.ts';
import { overlappingSubnets } from './network/overlappingSubnets.ts';
import { unknownBridge } from './network/unknownBridge.ts';
import { unknownPortgroup } from './network/unknownPortgroup.ts';
import { inactiveObject } from './objects/inactiveObject.ts';
import { unknownObject } from './objects/unknownObject.ts';
import { rbdAsFile } from './rbd/rbdAsFile.ts';
import { rbdDiskWithoutAuth } from './rbd/rbdDiskWithoutAuth.ts';
import { rbdDriverNotRaw } from './rbd/rbdDriverNotRaw.ts';
import { rbdFewerMonitors } from './rbd/rbdFewerMonitors.ts';
import { rbdImageMissing } from './rbd/rbdImageMissing.ts';
import { rbdImageName } from './rbd/rbdImageName.ts';
import { rbdMixedMonitorPorts } from './rbd/rbdMixedMonitorPorts.ts';
import { rbdPoolAsVolume } from './rbd/rbdPoolAsVolume.ts';
import { rbdPoolWithoutAuth } from './rbd/rbdPoolWithoutAuth.ts';
import { rbdThroughKernel } from './rbd/rbdThroughKernel.ts';
import { rbdUnusualMonitorPort } from './rbd/rbdUnusualMonitorPort.ts';
import { rbdWithoutMonitors } from './rbd/rbdWithoutMonitors.ts';
import type { Rule } from './rule.ts';
import { authPlace } from './secrets/authPlace.ts';
import { authWithoutSecret } from './secrets/authWithoutSecret.ts';
import { authWithoutUsername } from './secrets/authWithoutUsername.ts';
import { clientPrefix } from './secrets/clientPrefix.ts';
import { secretAlreadyDefined } from './secrets/secretAlreadyDefined.ts';
import { secretEphemeral } from './secrets/secretEphemeral.ts';
import { secretForOtherUse } from './secrets/secretForOtherUse.ts';
import { secretNotOnHost } from './secrets/secretNotOnHost.ts';
import { secretNotOnOtherHost } from './secrets/secretNotOnOtherHost.ts';
import { secretReference } from './secrets/secretReference.ts';
import { secretType } from './secrets/secretType.ts';
import { secretWithoutUsageName } from './secrets/secretWithoutUsageName.ts';
import { secretWithoutValue } from './secrets/secretWithoutValue.ts';
import { storageInUse } from './storage/storageInUse.ts';

/** A new rule is a file of its own and a line here. */
const rules: readonly Rule[] = [
  rbdDiskWithoutAuth,
  rbdPoolWithoutAuth,
  rbdImageName,
  rbdImageMissing,
  rbdDriverNotRaw,
  rbdAsFile,
  rbdPoolAsVolume,
  rbdThroughKernel,
  rbdWithoutMonitors,
  rbdFewerMonitors,
  rbdMixedMonitorPorts,
  rbdUnusualMonitorPort,
  storageInUse,
  authWithoutSecret,
  authWithoutUsername,
  clientPrefix,
  authPlace,
  secretReference,
  secretType,
  secretNotOnHost,
  secretForOtherUse,
  secretWithoutValue,
  secretNotOnOtherHost,
  secretWithoutUsageName,
  secretEphemeral,
  secretAlreadyDefined,
  duplicateDiskTarget,
  duplicateAddress,
  duplicateController,
  duplicateAlias,
  duplicateMac,
  duplicateDiskSerial,
  duplicateChannelName,
  duplicateGraphicsPort,
  duplicateBootOrder,
  bootOrderWithOsBoot,
  pciSlotOutOfRange,
  ideOnPcieMachine,
  ejectableOnVirtio,
  diskNameOfOtherBus,
  nativeIoWithCache,
  detectZeroesWithoutDiscard,
  unknownIothread,
  graphicsOpenToAll,
  tinyMemory,
  currentMemoryAboveMemory,
  vcpuCurrentAboveMaximum,
  cpuTopologyMismatch,
  numaCpus,
  numaMemoryMismatch,
  uefiWithoutAcpi,
  secureBootRequirements,
  nvramWithoutUefi,
  nvramMissing,
  metadataNamespace,
  qemuNamespace,
  domainAlreadyDefined,
  unavailableVirtType,
  unavailableMachine,
  unavailableCpuModel,
  tooManyVcpus,
  unavailableDevice,
  unknownObject,
  inactiveObject,
  unknownBridge,
  unknownPortgroup,
  bridgeOfOtherNetwork,
  dhcpRangeOutsideSubnet,
  duplicateDhcpHost,
  overlappingSubnets,
];

/** Every rule there is. */
export const allRules: readonly Rule[] = [...rules, unknownRuleInComment(rules)];
