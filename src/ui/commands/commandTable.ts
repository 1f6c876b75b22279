import type { Command } from './command.ts';
import { changeApplicationsCommand } from './cephPools/applications.ts';
import { changeAutoscalingCommand } from './cephPools/autoscale.ts';
import { createCephPoolCommand } from './cephPools/create.ts';
import { changeCrushRuleCommand } from './cephPools/crushRule.ts';
import { deleteCephPoolCommand } from './cephPools/delete.ts';
import { deleteNamespaceCommand } from './cephPools/deleteNamespace.ts';
import { enableRbdCommand } from './cephPools/enableRbd.ts';
import { changePoolFlagsCommand } from './cephPools/flags.ts';
import { measureImagesCommand } from './cephPools/measureImages.ts';
import { newNamespaceCommand } from './cephPools/newNamespace.ts';
import { changePlacementGroupsCommand } from './cephPools/placementGroups.ts';
import { setPoolQuotaCommand } from './cephPools/quota.ts';
import { refreshImagesCommand } from './cephPools/refreshImages.ts';
import { renameCephPoolCommand } from './cephPools/rename.ts';
import { changeReplicasCommand } from './cephPools/replicas.ts';
import { showStoragePoolsCommand } from './cephPools/showStoragePools.ts';
import { compareCephKeyCommand } from './cephUsers/compareKey.ts';
import { copyCephKeyCommand } from './cephUsers/copyKey.ts';
import { createCephUserCommand } from './cephUsers/create.ts';
import { deleteCephUserCommand } from './cephUsers/delete.ts';
import { editCephCapsCommand } from './cephUsers/editCaps.ts';
import { exportKeyringCommand } from './cephUsers/exportKeyring.ts';
import { giveCephKeyCommand } from './cephUsers/giveKey.ts';
import { connectPoolCommand } from './clusters/connectPool.ts';
import { explainCheckCommand } from './clusters/explainCheck.ts';
import { giveClusterCommand } from './clusters/giveToHost.ts';
import { lookForClustersCommand } from './clusters/lookAgain.ts';
import { muteCheckCommand } from './clusters/muteCheck.ts';
import { refreshClusterCommand } from './clusters/refresh.ts';
import { setFlagsCommand } from './clusters/setFlags.ts';
import { setNooutCommand } from './clusters/setFlags.ts';
import { unsetNooutCommand } from './clusters/setFlags.ts';
import { showHealthCommand } from './clusters/showHealth.ts';
import { showRemediesCommand } from './clusters/showRemedies.ts';
import { unmuteCheckCommand } from './clusters/unmuteCheck.ts';
import { useClientCommand } from './clusters/useClient.ts';
import { fitConsoleCommand } from './consoles/fit.ts';
import { reconnectConsoleCommand } from './consoles/reconnect.ts';
import { refreshScreenshotCommand } from './consoles/refreshScreenshot.ts';
import { saveScreenshotCommand } from './consoles/saveScreenshot.ts';
import { attachInterfaceCommand } from './devices/attachCard.ts';
import { attachDiskCommand } from './devices/attachDisk.ts';
import { attachHostDeviceCommand } from './devices/attachHostDevice.ts';
import { attachImageCommand } from './devices/attachImage.ts';
import { attachVolumeCommand } from './devices/attachVolume.ts';
import { setBandwidthCommand } from './devices/cardBandwidth.ts';
import { plugInterfaceCommand } from './devices/cardLink.ts';
import { unplugInterfaceCommand } from './devices/cardLink.ts';
import { changeMediumCommand } from './devices/changeMedium.ts';
import { ejectMediumCommand } from './devices/changeMedium.ts';
import { changeNetworkCommand } from './devices/changeNetwork.ts';
import { commitImagesCommand } from './devices/commitImages.ts';
import { copyDiskCommand } from './devices/copyDisk.ts';
import { detachInterfaceCommand } from './devices/detachCard.ts';
import { detachHostDeviceCommand } from './devices/detachCard.ts';
import { detachDiskCommand } from './devices/detachDisk.ts';
import { setIoLimitsCommand } from './devices/ioLimits.ts';
import { moveDisksToFilesCommand } from './devices/moveAllToFiles.ts';
import { moveDisksToRbdCommand } from './devices/moveAllToRbd.ts';
import { moveDiskToFileCommand } from './devices/moveToFile.ts';
import { moveDiskToRbdCommand } from './devices/moveToRbd.ts';
import { pullImagesCommand } from './devices/pullImages.ts';
import { resizeDiskCommand } from './devices/resizeDisk.ts';
import { showBlockJobCommand } from './devices/showJob.ts';
import { aboutFailureCommand } from './doctor/aboutFailure.ts';
import {
  checkUpClusterCommand,
  checkUpCommand,
  checkUpHostCommand,
  checkUpObjectCommand,
} from './doctor/checkUp.ts';
import { checkAgainCommand, copyDoctorReportCommand, cureFindingCommand } from './doctor/report.ts';
import { compareLiveXmlCommand } from './documents/compareLiveXml.ts';
import { openXmlWithSecretsCommand } from './documents/openXmlWithSecrets.ts';
import { autostartOffDomainCommand } from './domains/autostartOff.ts';
import { autostartOnDomainCommand } from './domains/autostartOn.ts';
import { cloneDomainCommand } from './domains/clone.ts';
import { coreDumpCommand } from './domains/coreDump.ts';
import { editTextsCommand } from './domains/editTexts.ts';
import { forceOffDomainCommand } from './domains/forceOff.ts';
import { injectNmiCommand } from './domains/injectNmi.ts';
import { managedSaveCommand } from './domains/managedSave.ts';
import { newDomainCommand } from './domains/newDomain';
import { newDomainFromDocumentCommand } from './domains/newDomainFromDocument';
import { openConsoleCommand } from './domains/openConsole.ts';
import { rebootDomainCommand } from './domains/reboot.ts';
import { rebootWithCommand } from './domains/rebootWith.ts';
import { removeSavedStateCommand } from './domains/removeSavedState.ts';
import { renameDomainCommand } from './domains/rename.ts';
import { resetDomainCommand } from './domains/reset.ts';
import { restoreFromFileCommand } from './domains/restoreFromFile.ts';
import { resumeDomainCommand } from './domains/resume.ts';
import { saveToFileCommand } from './domains/saveToFile.ts';
import { screenshotCommand } from './domains/screenshot.ts';
import { sendKeyCommand } from './domains/sendKey.ts';
import { setCpusCommand } from './domains/setCpus.ts';
import { setMemoryCommand } from './domains/setMemory.ts';
import { showJobCommand } from './domains/showJob.ts';
import { shutdownDomainCommand } from './domains/shutdown.ts';
import { shutdownWithCommand } from './domains/shutdownWith.ts';
import { startDomainCommand } from './domains/start.ts';
import { startWithCommand } from './domains/startWith.ts';
import { suspendDomainCommand } from './domains/suspend.ts';
import { undefineDomainCommand } from './domains/undefine.ts';
import { wakeUpDomainCommand } from './domains/wakeUp.ts';
import { addHostCommand } from './hosts/add.ts';
import { cancelConnectCommand } from './hosts/cancelConnect.ts';
import { connectHostCommand } from './hosts/connect.ts';
import { copyRemedyCommand } from './hosts/copyRemedy.ts';
import { disconnectHostCommand } from './hosts/disconnect.ts';
import { reloadHostCommand } from './hosts/reload.ts';
import { reloadAllCommand } from './hosts/reloadAll.ts';
import { removeHostCommand } from './hosts/remove.ts';
import { showLogCommand } from './hosts/showLog.ts';
import { deleteImageSnapshotCommand } from './imageSnapshots/delete.ts';
import { exportImageChangesCommand } from './imageSnapshots/exportChanges.ts';
import { protectImageSnapshotCommand } from './imageSnapshots/protect.ts';
import { renameImageSnapshotCommand } from './imageSnapshots/rename.ts';
import { rollBackImageSnapshotCommand } from './imageSnapshots/rollBack.ts';
import { showImageChangesCommand } from './imageSnapshots/showChanges.ts';
import { unprotectImageSnapshotCommand } from './imageSnapshots/unprotect.ts';
import { attachToDomainCommand } from './images/attach.ts';
import { breakLockCommand } from './images/breakLock.ts';
import { cloneImageCommand } from './images/clone.ts';
import { copyImageCommand } from './images/copy.ts';
import { copyImageNameCommand } from './images/copyName.ts';
import { copyImagePathCommand } from './images/copyPath.ts';
import { createImageCommand } from './images/create.ts';
import { decodeFeaturesCommand } from './images/decodeFeatures.ts';
import { deleteImageCommand } from './images/delete.ts';
import { downloadImageCommand } from './images/download.ts';
import { exportImageToHostCommand } from './images/exportToHost.ts';
import { changeImageFeaturesCommand } from './images/features.ts';
import { findUnusedImagesCommand } from './images/findUnused.ts';
import { flattenImageCommand } from './images/flatten.ts';
import { importImageChangesCommand } from './images/importChanges.ts';
import { importImageFromHostCommand } from './images/importFromHost.ts';
import { measureImageCommand } from './images/measure.ts';
import { measureSpeedCommand } from './images/measureSpeed.ts';
import { moveImageToTrashCommand } from './images/moveToTrash.ts';
import { rebuildObjectMapCommand } from './images/objectMap.ts';
import { checkObjectMapCommand } from './images/objectMap.ts';
import { purgeImageSnapshotsCommand } from './images/purgeSnapshots.ts';
import { limitImageCommand } from './images/qos.ts';
import { renameImageCommand } from './images/rename.ts';
import { resizeImageCommand } from './images/resize.ts';
import { revealImageCommand } from './images/reveal.ts';
import { revealDomainCommand } from './images/reveal.ts';
import { showImageDetailsCommand } from './images/showDetails.ts';
import { showUsesCommand } from './images/showUses.ts';
import { snapshotImageCommand } from './images/snapshot.ts';
import { uploadImageCommand } from './images/upload.ts';
import { chooseSchemaCommand } from './language/chooseSchema.ts';
import { autostartOffNetworkCommand } from './networks/autostartOff.ts';
import { autostartOnNetworkCommand } from './networks/autostartOn.ts';
import { copyAddressCommand } from './networks/copyAddress.ts';
import { createNetworkCommand } from './networks/create.ts';
import { dnsNamesCommand } from './networks/dnsNames.ts';
import { editRangeCommand } from './networks/editRange.ts';
import { giveUpAddressCommand } from './networks/giveUpAddress.ts';
import { keepAddressCommand } from './networks/keepAddress.ts';
import { plugInNetworkCommand } from './networks/plugIn.ts';
import { reserveAddressCommand } from './networks/reserveAddress.ts';
import { restartNetworkCommand } from './networks/restart.ts';
import { showLeasesCommand } from './networks/showLeases.ts';
import { startNetworkCommand } from './networks/start.ts';
import { stopNetworkCommand } from './networks/stop.ts';
import { undefineNetworkCommand } from './networks/undefine.ts';
import { copyNameCommand } from './objects/copyName.ts';
import { copyUuidCommand } from './objects/copyUuid.ts';
import { openXmlCommand } from './objects/openXml.ts';
import { runOnSeveralCommand } from './objects/runOnSeveral.ts';
import { checkSafetyOsdCommand } from './osds/checkSafety.ts';
import { markDownOsdCommand } from './osds/markDown.ts';
import { markOutOsdCommand } from './osds/markOut.ts';
import { markInOsdCommand } from './osds/markOut.ts';
import { reweightOsdCommand } from './osds/reweight.ts';
import { copyPlanCommand } from './plans/copy.ts';
import { runPlanCommand } from './plans/run.ts';
import { undoPlanCommand } from './plans/undo.ts';
import { autostartOffPoolCommand } from './pools/autostartOff.ts';
import { autostartOnPoolCommand } from './pools/autostartOn.ts';
import { buildPoolCommand } from './pools/build.ts';
import { copyPoolToHostCommand } from './pools/copyToHost.ts';
import { createPoolCommand } from './pools/create.ts';
import { deletePoolStorageCommand } from './pools/deleteStorage.ts';
import { mendConnectionCommand } from './pools/mendConnection.ts';
import { refreshPoolCommand } from './pools/refresh.ts';
import { refreshAllPoolsCommand } from './pools/refreshAll.ts';
import { startPoolCommand } from './pools/start.ts';
import { startAndAutostartPoolCommand } from './pools/startAndAutostart.ts';
import { stopPoolCommand } from './pools/stop.ts';
import { undefinePoolCommand } from './pools/undefine.ts';
import { compareSecretCommand } from './secrets/compareWithHosts.ts';
import { copySecretCommand } from './secrets/copyToHost.ts';
import { newSecretCommand } from './secrets/newSecret.ts';
import { setSecretValueCommand } from './secrets/setValue.ts';
import { showSecretUsesCommand } from './secrets/showUses.ts';
import { undefineSecretCommand } from './secrets/undefine.ts';
import { deleteSnapshotCommand } from './snapshots/delete.ts';
import { deleteRbdSnapshotCommand } from './snapshots/deleteRbd.ts';
import { describeSnapshotCommand } from './snapshots/describe.ts';
import { openSnapshotXmlCommand } from './snapshots/openXml.ts';
import { protectRbdSnapshotCommand } from './snapshots/protectRbd.ts';
import { refreshSnapshotsCommand } from './snapshots/refresh.ts';
import { revertSnapshotCommand } from './snapshots/revert.ts';
import { rollBackRbdSnapshotCommand } from './snapshots/rollBackRbd.ts';
import { takeSnapshotCommand } from './snapshots/take.ts';
import { addSnapshotCommand } from './snapshots/take.ts';
import { takeRbdSnapshotCommand } from './snapshots/takeRbd.ts';
import { addRbdSnapshotCommand } from './snapshots/takeRbd.ts';
import { unprotectRbdSnapshotCommand } from './snapshots/unprotectRbd.ts';
import { deleteTrashedImageCommand } from './trash/delete.ts';
import { purgeTrashCommand } from './trash/purge.ts';
import { restoreImageCommand } from './trash/restore.ts';
import { addFavouriteCommand } from './tree/addFavourite.ts';
import { clearTreeFilterCommand } from './tree/clearFilter.ts';
import { filterTreeCommand } from './tree/filter.ts';
import { groupTreeCommand } from './tree/group.ts';
import { renameKeyCommand } from './tree/keyCommands.ts';
import { deleteKeyCommand } from './tree/keyCommands.ts';
import { reloadKeyCommand } from './tree/keyCommands.ts';
import { startKeyCommand } from './tree/keyCommands.ts';
import { favouriteKeyCommand } from './tree/keyCommands.ts';
import { removeFavouriteCommand } from './tree/removeFavourite.ts';
import { rowActionsCommand } from './tree/rowActions.ts';
import { cloneVolumeCommand } from './volumes/clone.ts';
import { copyVolumePathCommand } from './volumes/copyPath.ts';
import { createVolumeCommand } from './volumes/create.ts';
import { deleteVolumeCommand } from './volumes/delete.ts';
import { downloadVolumeCommand } from './volumes/download.ts';
import { measureVolumeCommand } from './volumes/measure.ts';
import { renameVolumeCommand } from './volumes/rename.ts';
import { resizeVolumeCommand } from './volumes/resize.ts';
import { uploadVolumeCommand } from './volumes/upload.ts';
import { uploadNewVolumeCommand } from './volumes/uploadNew.ts';
import { wipeVolumeCommand } from './volumes/wipe.ts';

/** Every command of the extension. package.json declares the same ones. */
export const commandTable: readonly Command[] = [
  addHostCommand,
  removeHostCommand,
  connectHostCommand,
  disconnectHostCommand,
  cancelConnectCommand,
  copyRemedyCommand,
  reloadHostCommand,
  reloadAllCommand,
  showLogCommand,
  startDomainCommand,
  resumeDomainCommand,
  shutdownDomainCommand,
  rebootDomainCommand,
  suspendDomainCommand,
  forceOffDomainCommand,
  autostartOnDomainCommand,
  autostartOffDomainCommand,
  startPoolCommand,
  startAndAutostartPoolCommand,
  refreshPoolCommand,
  stopPoolCommand,
  autostartOnPoolCommand,
  autostartOffPoolCommand,
  openXmlCommand,
  openXmlWithSecretsCommand,
  compareLiveXmlCommand,
  copyNameCommand,
  copyUuidCommand,
  chooseSchemaCommand,
  runOnSeveralCommand,
  filterTreeCommand,
  clearTreeFilterCommand,
  groupTreeCommand,
  rowActionsCommand,
  renameKeyCommand,
  deleteKeyCommand,
  reloadKeyCommand,
  startKeyCommand,
  favouriteKeyCommand,
  addFavouriteCommand,
  removeFavouriteCommand,
  startWithCommand,
  shutdownWithCommand,
  rebootWithCommand,
  resetDomainCommand,
  wakeUpDomainCommand,
  injectNmiCommand,
  managedSaveCommand,
  removeSavedStateCommand,
  saveToFileCommand,
  coreDumpCommand,
  showJobCommand,
  renameDomainCommand,
  editTextsCommand,
  setCpusCommand,
  setMemoryCommand,
  restoreFromFileCommand,
  openConsoleCommand,
  fitConsoleCommand,
  reconnectConsoleCommand,
  createVolumeCommand,
  uploadNewVolumeCommand,
  cloneVolumeCommand,
  resizeVolumeCommand,
  renameVolumeCommand,
  uploadVolumeCommand,
  downloadVolumeCommand,
  measureVolumeCommand,
  copyVolumePathCommand,
  wipeVolumeCommand,
  deleteVolumeCommand,
  createPoolCommand,
  refreshAllPoolsCommand,
  buildPoolCommand,
  copyPoolToHostCommand,
  undefinePoolCommand,
  deletePoolStorageCommand,
  newDomainCommand,
  newDomainFromDocumentCommand,
  newSecretCommand,
  setSecretValueCommand,
  showSecretUsesCommand,
  copySecretCommand,
  compareSecretCommand,
  undefineSecretCommand,
  screenshotCommand,
  sendKeyCommand,
  refreshScreenshotCommand,
  saveScreenshotCommand,
  takeSnapshotCommand,
  takeRbdSnapshotCommand,
  addSnapshotCommand,
  addRbdSnapshotCommand,
  revertSnapshotCommand,
  describeSnapshotCommand,
  openSnapshotXmlCommand,
  deleteSnapshotCommand,
  refreshSnapshotsCommand,
  rollBackRbdSnapshotCommand,
  protectRbdSnapshotCommand,
  unprotectRbdSnapshotCommand,
  deleteRbdSnapshotCommand,
  cloneDomainCommand,
  undefineDomainCommand,
  attachDiskCommand,
  attachInterfaceCommand,
  attachHostDeviceCommand,
  attachVolumeCommand,
  changeMediumCommand,
  ejectMediumCommand,
  resizeDiskCommand,
  setIoLimitsCommand,
  copyDiskCommand,
  commitImagesCommand,
  pullImagesCommand,
  showBlockJobCommand,
  detachDiskCommand,
  plugInterfaceCommand,
  unplugInterfaceCommand,
  changeNetworkCommand,
  setBandwidthCommand,
  detachInterfaceCommand,
  detachHostDeviceCommand,
  createNetworkCommand,
  startNetworkCommand,
  stopNetworkCommand,
  restartNetworkCommand,
  plugInNetworkCommand,
  autostartOnNetworkCommand,
  autostartOffNetworkCommand,
  showLeasesCommand,
  reserveAddressCommand,
  editRangeCommand,
  dnsNamesCommand,
  undefineNetworkCommand,
  keepAddressCommand,
  giveUpAddressCommand,
  copyAddressCommand,
  runPlanCommand,
  copyPlanCommand,
  undoPlanCommand,
  measureSpeedCommand,
  connectPoolCommand,
  mendConnectionCommand,
  createCephUserCommand,
  editCephCapsCommand,
  giveCephKeyCommand,
  compareCephKeyCommand,
  exportKeyringCommand,
  copyCephKeyCommand,
  deleteCephUserCommand,
  createImageCommand,
  uploadImageCommand,
  importImageFromHostCommand,
  snapshotImageCommand,
  resizeImageCommand,
  renameImageCommand,
  flattenImageCommand,
  importImageChangesCommand,
  cloneImageCommand,
  copyImageCommand,
  downloadImageCommand,
  exportImageToHostCommand,
  purgeImageSnapshotsCommand,
  rollBackImageSnapshotCommand,
  showImageChangesCommand,
  exportImageChangesCommand,
  protectImageSnapshotCommand,
  unprotectImageSnapshotCommand,
  renameImageSnapshotCommand,
  deleteImageSnapshotCommand,
  restoreImageCommand,
  deleteTrashedImageCommand,
  purgeTrashCommand,
  moveDiskToRbdCommand,
  moveDiskToFileCommand,
  moveDisksToRbdCommand,
  moveDisksToFilesCommand,
  showImageDetailsCommand,
  measureImageCommand,
  copyImageNameCommand,
  copyImagePathCommand,
  breakLockCommand,
  measureImagesCommand,
  refreshImagesCommand,
  newNamespaceCommand,
  deleteNamespaceCommand,
  giveClusterCommand,
  createCephPoolCommand,
  changePlacementGroupsCommand,
  changeAutoscalingCommand,
  changeReplicasCommand,
  changeCrushRuleCommand,
  setPoolQuotaCommand,
  changePoolFlagsCommand,
  changeApplicationsCommand,
  renameCephPoolCommand,
  enableRbdCommand,
  showStoragePoolsCommand,
  deleteCephPoolCommand,
  refreshClusterCommand,
  lookForClustersCommand,
  useClientCommand,
  showRemediesCommand,
  showHealthCommand,
  explainCheckCommand,
  muteCheckCommand,
  unmuteCheckCommand,
  setFlagsCommand,
  setNooutCommand,
  unsetNooutCommand,
  markOutOsdCommand,
  markInOsdCommand,
  markDownOsdCommand,
  reweightOsdCommand,
  checkSafetyOsdCommand,
  showUsesCommand,
  revealImageCommand,
  revealDomainCommand,
  findUnusedImagesCommand,
  moveImageToTrashCommand,
  deleteImageCommand,
  changeImageFeaturesCommand,
  rebuildObjectMapCommand,
  checkObjectMapCommand,
  limitImageCommand,
  decodeFeaturesCommand,
  attachImageCommand,
  attachToDomainCommand,
  checkUpCommand,
  checkUpHostCommand,
  checkUpClusterCommand,
  checkUpObjectCommand,
  checkAgainCommand,
  copyDoctorReportCommand,
  cureFindingCommand,
  aboutFailureCommand,
];
