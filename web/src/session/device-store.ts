/** Fetched apart: on an empty device the first screen comes before anything is kept. */
export { openDeviceStore } from '@evenkeel/replica';
