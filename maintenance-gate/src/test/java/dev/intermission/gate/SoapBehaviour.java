package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.SOAPConnection;
import jakarta.xml.soap.SOAPConnectionFactory;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPFault;
import jakarta.xml.soap.SOAPMessage;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the SOAP client of Jakarta (SAAJ) makes of a closed API, whatever front is before the gate.
 */
public abstract class SoapBehaviour extends FrontSetup {

  /** The Accept of the client itself. */
  private static final String ITS_OWN = "";

  private static final Variant SOAP_1_1 =
      new Variant(
          ContentType.parse("text/xml; charset=utf-8"),
          """
          <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>\
          <faultcode>s:Server</faultcode><faultstring>#FAULTMESSAGE#</faultstring>\
          <detail>#FAULTSTATUSCODE#</detail></s:Fault></s:Body></s:Envelope>""",
          500);
  private static final Variant SOAP_1_2 =
      new Variant(
          ContentType.parse("application/soap+xml; charset=utf-8"),
          """
          <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>\
          <s:Code><s:Value>s:Receiver</s:Value></s:Code>\
          <s:Reason><s:Text xml:lang="en">#FAULTMESSAGE#</s:Text></s:Reason>\
          <s:Detail>#FAULTSTATUSCODE#</s:Detail></s:Fault></s:Body></s:Envelope>""",
          500);

  private void serve(List<Variant> variants) {
    DeployedProxy plain = Proxies.closed("/shop", 503, "application/json", "{}");
    MaintenanceSettings settings = plain.settings().withVariants(variants);
    gate.publish(Proxies.snapshot(1, new DeployedProxy(plain.proxy(), 1, settings)));
  }

  private SOAPFault call(String protocol, String accept) throws Exception {
    SOAPMessage request = MessageFactory.newInstance(protocol).createMessage();
    request.getSOAPBody().addBodyElement(new QName("urn:shop", "order"));
    if (!accept.equals(ITS_OWN)) {
      request.getMimeHeaders().setHeader("Accept", accept);
    }
    SOAPConnection connection = SOAPConnectionFactory.newInstance().createConnection();
    try {
      URI target = URI.create("http://127.0.0.1:" + server.port() + "/shop");
      return Objects.requireNonNull(
          connection.call(request, target.toURL()).getSOAPBody().getFault());
    } finally {
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ITS_OWN, "*/*"})
  void faultOfSoap11IsRead(String accept) throws Exception {
    serve(List.of(SOAP_1_2, SOAP_1_1));
    SOAPFault fault = call(SOAPConstants.SOAP_1_1_PROTOCOL, accept);
    assertThat(fault.getFaultCodeAsQName())
        .isEqualTo(new QName(SOAPConstants.URI_NS_SOAP_1_1_ENVELOPE, "Server"));
    assertThat(fault.getFaultString()).isEqualTo("API is under maintenance");
    assertThat(fault.getDetail().getTextContent()).isEqualTo("500");
  }

  @ParameterizedTest
  @ValueSource(strings = {ITS_OWN, "*/*"})
  void faultOfSoap12IsRead(String accept) throws Exception {
    serve(List.of(SOAP_1_1, SOAP_1_2));
    SOAPFault fault = call(SOAPConstants.SOAP_1_2_PROTOCOL, accept);
    assertThat(fault.getFaultCodeAsQName()).isEqualTo(SOAPConstants.SOAP_RECEIVER_FAULT);
    assertThat(fault.getFaultString()).isEqualTo("API is under maintenance");
    assertThat(fault.getDetail().getTextContent()).isEqualTo("500");
  }

  /** Why variants are worth having. */
  @Test
  void withoutVariantsTheClientCanNotReadTheAnswer() {
    serve(List.of());
    assertThat(
            catchThrowableOfType(
                SOAPException.class, () -> call(SOAPConstants.SOAP_1_1_PROTOCOL, ITS_OWN)))
        .isNotNull();
  }
}
