package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlTest {

  private static final PrivacyDefinition PASSWORD = element("password", PrivacyOperation.MASK);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<a><password>secret</password><b>1</b></a> | <a><password>***</password><b>1</b></a>",
        "<a><n:PASSWORD xmlns:n='u'>secret</n:PASSWORD></a> | <a><n:PASSWORD xmlns:n='u'>***</n:PASSWORD></a>",
        "<a password=\"secret\" b='1'/> | <a password=\"***\" b='1'/>",
        "<a n:password='secret'>1</a> | <a n:password='***'>1</a>",
        "<password><![CDATA[secret</password>]]></password><b/> | <password>***</password><b/>",
        "<password><x>secret</x><password>secret</password></password><b/> | <password>***</password><b/>",
        "<a><![CDATA[<password>secret</password>]]></a> | <a><![CDATA[***]]></a>",
        "<a>&lt;password&gt;secret&lt;/password&gt;</a> | <a>***</a>",
        "<a><!-- <password>secret</password> --></a> | <a><!--***--></a>",
        "<a><password>secret | <a><password>***",
        "<a><b>1</b><password a='sec | <a><b>1</b>[the rest is left out, since it can't be read]",
        "<!DOCTYPE a [<!ENTITY e 'secret'>]><a>&e;</a> | [the rest is left out, since it can't be read]",
        "<a><password>x<c>secret</a>secret | <a><password>***",
        "<a>1</a><b><![CDATA[x]] ><password>sec<![CDATA[y]]>ret</password></b> | <a>1</a>[the rest is left out, since it can't be read]",
        "<password></b>secret</password> | <password>***",
        "<password><!--></x>-->secret</password> | <password>***</password>",
        "<password><?x > </password> ?>secret</password><b/> | <password>***</password><b/>",
        "<password><b x'></password>secret</password> | <password>***",
        "<password><!x></password>secret</password> | <password>***",
        "<password><c/></password><b/> | <password>***</password><b/>",
        "<a></b>secret | [the rest is left out, since it can't be read]",
        "<password/><b>secret-not</b> | <password/><b>secret-not</b>",
      })
  void valueOfAnXmlElementOrAttributeIsMasked(String text, String left) {
    assertThat(body(redaction(PASSWORD), "text/xml", text)).isEqualTo(left);
  }
}
