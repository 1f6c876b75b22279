/** What the lines above a finding and the buttons of messages call; menus and the palette have commands of their own. */
export const applyRemedyId = 'libvirt.doctor.applyRemedy';
export const openPageId = 'libvirt.doctor.openPage';
export const explainId = 'libvirt.doctor.explain';
