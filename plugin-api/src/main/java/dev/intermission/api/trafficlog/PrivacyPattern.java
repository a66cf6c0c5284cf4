package dev.intermission.api.trafficlog;

/** How a {@link PrivacyDefinition} finds what is private. */
public enum PrivacyPattern {
  /**
   * By the name of a JSON member, an XML element or attribute, a field of a form, a parameter or a
   * header field, at any depth; upper and lower case are the same.
   */
  ELEMENT_NAME,
  /** By a regular expression, in every text that is logged. */
  REGEX,
  /** E-mail addresses. */
  EMAIL,
  /** Numbers of payment cards whose check digit is right. */
  CREDIT_CARD,
  /** International bank account numbers whose check digits are right. */
  IBAN
}
