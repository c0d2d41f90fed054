/** Fetched apart: on an empty device the first screen comes before anything is kept. */
export { canLeaveNote, openDeviceStore } from '@evenkeel/replica';
