package dev.intermission.json;

/**
 * What is wrong with an element of an array, which may be long: its own place is to be told.
 *
 * @param message for the operator, without the name of the field that has the array
 */
record ElementFault(JsonValue element, String message) {}
