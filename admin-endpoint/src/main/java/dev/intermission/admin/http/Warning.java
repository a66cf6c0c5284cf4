package dev.intermission.admin.http;

/**
 * What is accepted but seldom meant (contract section 2).
 *
 * @param code tells programs which warning it is; never renamed
 * @param message tells people, in a sentence
 */
public record Warning(String code, String message) {}
