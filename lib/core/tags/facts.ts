export const MAX_TAGS = 20;

export const TAG_MAX_BYTES = 40;
