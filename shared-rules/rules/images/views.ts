import type { View } from '../api.ts';
import { type ImageUse, podImages, serviceImages } from './images.ts';

export const imageUse: View<ImageUse> = { name: 'imageUse', object: podImages, composeFile: serviceImages };
