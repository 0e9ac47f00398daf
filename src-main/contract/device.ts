export const DEVICE_CHOICES = ['auto', 'cpu'] as const;
/** Where trainings compute: on a GPU where TensorFlow's library sees one, or on the CPU whatever there is. */
export type DeviceChoice = (typeof DEVICE_CHOICES)[number];
