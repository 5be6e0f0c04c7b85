export const NOTE_MAX_CHARACTERS = 2_000;
