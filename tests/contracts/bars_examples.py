"""Every published example of the standard that we have, and what each must read as. Nothing is skipped."""

EXPECTED = {
    "invalid at $this": """
        bars/specification/examples1.4.0/document_reference/GET-success.json
    """,
    "response": """
        bars/specification/examples1.4.0/process_message/request/ValidationResponse (POST) .json
    """,
    "referral": """
        bars_ig_json/Examples/REFREQ01 - Referral Service Request New Full - 111 to ED.json
    """,
    "revocation": """
        bars_ig_json/Examples/SERVREQ01 - Service Request Update - Revoked.json
    """,
    "validation": """
        bars/specification/examples1.4.0/process_message/request/ValidationRequest (POST) .json
        bars/specification/examples1.4.0/process_message/response/ValidationRequest (HTTP Response) .json
    """,
    "booking": """
        bars/specification/examples1.4.0/process_message/POST-body.json
        bars/specification/examples1.4.0/process_message/POST-success.json
        bars/specification/examples1.4.0/process_message/request/Booking (POST).json
        bars/specification/examples1.4.0/process_message/response/Booking (HTTP Response) .json
        bars_ig_json/Examples/BOOKREQ01 - Booking Request New Full.json
    """,
    "invalid at Bundle.type": """
        bars/specification/examples1.4.0/Endpoint/success_bundle.json
        bars/specification/examples1.4.0/Endpoint/success_bundle_template.json
        bars/specification/examples1.4.0/HealthcareService/success_bundle.json
        bars/specification/examples1.4.0/appointment/GET-success.json
        bars/specification/examples1.4.0/message_definition/MessageDefinition_ServiceRequest-request_CaseTransfer.json
        bars/specification/examples1.4.0/service_request/GET-success.json
        bars/specification/examples1.4.0/slots/GET-success.json
    """,
    "invalid at $this.resourceType": """
        bars/specification/examples1.4.0/200_DELETE.json
        bars/specification/examples1.4.0/200_PUT.json
        bars/specification/examples1.4.0/201_POST.json
        bars/specification/examples1.4.0/400-SEND.json
        bars/specification/examples1.4.0/500-REC.json
        bars/specification/examples1.4.0/Endpoint/post_Endpoint_Atomic.json
        bars/specification/examples1.4.0/Endpoint/post_Endpoint_template.json
        bars/specification/examples1.4.0/Endpoint/success_Endpoint_Atomic.json
        bars/specification/examples1.4.0/Endpoint/success_Endpoint_template.json
        bars/specification/examples1.4.0/HealthcareService/post_HealthcareService_Atomic.json
        bars/specification/examples1.4.0/HealthcareService/success_HealthcareService_Atomic.json
        bars/specification/examples1.4.0/OperationOutcome/200-Delete.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/400-BAD_REQUEST-invalid.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/400-BAD_REQUEST-required.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/400-BAD_REQUEST-structure.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/404-NOT_FOUND-multiple-matches.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/404-NOT_FOUND-not-found.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/409-BAD_REQUEST-duplicate.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/500-SERVER_ERROR-exception.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/500-SERVER_ERROR-transient.json
        bars/specification/examples1.4.0/OperationOutcome/PROXY-NONE/503-SERVICE_UNAVAILABLE-transient.json
        bars/specification/examples1.4.0/OperationOutcome/REC/400-REC_BAD_REQUEST-invalid.json
        bars/specification/examples1.4.0/OperationOutcome/REC/400-REC_BAD_REQUEST-invariant.json
        bars/specification/examples1.4.0/OperationOutcome/REC/400-REC_BAD_REQUEST-not-supported.json
        bars/specification/examples1.4.0/OperationOutcome/REC/400-REC_BAD_REQUEST-required.json
        bars/specification/examples1.4.0/OperationOutcome/REC/400-REC_BAD_REQUEST-value.json
        bars/specification/examples1.4.0/OperationOutcome/REC/401-REC_UNAUTHORIZED-forbidden.json
        bars/specification/examples1.4.0/OperationOutcome/REC/403-REC_FORBIDDEN-forbidden.json
        bars/specification/examples1.4.0/OperationOutcome/REC/403-REC_FORBIDDEN-security.json
        bars/specification/examples1.4.0/OperationOutcome/REC/404-REC_NOT_FOUND-not-found.json
        bars/specification/examples1.4.0/OperationOutcome/REC/406-REC_NOT_ACCEPTABLE-processing.json
        bars/specification/examples1.4.0/OperationOutcome/REC/408-REC_TIMEOUT-timeout.json
        bars/specification/examples1.4.0/OperationOutcome/REC/409-REC_CONFLICT-conflict.json
        bars/specification/examples1.4.0/OperationOutcome/REC/409-REC_CONFLICT-duplicate.json
        bars/specification/examples1.4.0/OperationOutcome/REC/422-REC_UNPROCESSABLE_ENTITY-not-supported.json
        bars/specification/examples1.4.0/OperationOutcome/REC/422-REC_UNPROCESSABLE_ENTITY-too-costly.json
        bars/specification/examples1.4.0/OperationOutcome/REC/500-REC_SERVER_ERROR-exception.json
        bars/specification/examples1.4.0/OperationOutcome/REC/500-REC_SERVER_ERROR-no-store.json
        bars/specification/examples1.4.0/OperationOutcome/REC/500-REC_SERVER_ERROR-too costly.json
        bars/specification/examples1.4.0/OperationOutcome/REC/500-REC_SERVER_ERROR-transient.json
        bars/specification/examples1.4.0/OperationOutcome/REC/501-REC_NOT_IMPLEMENTED-not-supported.json
        bars/specification/examples1.4.0/OperationOutcome/REC/503-REC_SERVICE_UNAVAILABLE-transient.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/400-SEND_BAD_REQUEST-invalid.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/400-SEND_BAD_REQUEST-required.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/400-SEND_BAD_REQUEST-value.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/401-SEND_UNAUTHORIZED-expired.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/401-SEND_UNAUTHORIZED-login.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/401-SEND_UNAUTHORIZED-security.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/401-SEND_UNAUTHORIZED-unknown.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/403-SEND_FORBIDDEN-forbidden.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/405-SEND_METHOD_NOT_ALLOWED-not-supported.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/406-SEND_NOT_ACCEPTABLE-processing.json
        bars/specification/examples1.4.0/OperationOutcome/SEND/429-SEND_TOO_MANY_REQUESTS-throttled.json
        bars/specification/examples1.4.0/Organization/success_Organization_Atomic.json
        bars/specification/examples1.4.0/_status.json
        bars/specification/examples1.4.0/appointment/PATCH-body.json
        bars/specification/examples1.4.0/appointment/PUT-body.json
        bars/specification/examples1.4.0/appointment/id/GET-success.json
        bars/specification/examples1.4.0/bad-request.json
        bars/specification/examples1.4.0/conflict.json
        bars/specification/examples1.4.0/document_reference/DELETE-success.json
        bars/specification/examples1.4.0/document_reference/POST-body.json
        bars/specification/examples1.4.0/document_reference/POST-success.json
        bars/specification/examples1.4.0/document_reference/id/DELETE-success.json
        bars/specification/examples1.4.0/document_reference/id/GET-success.json
        bars/specification/examples1.4.0/document_reference/id/PUT-body.json
        bars/specification/examples1.4.0/entity-not-found.json
        bars/specification/examples1.4.0/forbidden.json
        bars/specification/examples1.4.0/invalid-base64.json
        bars/specification/examples1.4.0/malformed-target-identifier.json
        bars/specification/examples1.4.0/metadata/BaRS_API_Capability_Statement.json
        bars/specification/examples1.4.0/method-not-allowed.json
        bars/specification/examples1.4.0/not-acceptable.json
        bars/specification/examples1.4.0/not-implemented.json
        bars/specification/examples1.4.0/proxy-not-found.json
        bars/specification/examples1.4.0/server-error.json
        bars/specification/examples1.4.0/service_request/PATCH-body.json
        bars/specification/examples1.4.0/service_request/PUT-body.json
        bars/specification/examples1.4.0/service_request/id/GET-success.json
        bars/specification/examples1.4.0/unauthorized.json
        bars/specification/examples1.4.0/unavailable.json
        bars/specification/examples1.4.0/unprocessable-entity.json
        bars_ig_json/CodeSystem/BARS-message-events.json
        bars_ig_json/CodeSystem/BARS-message-reason.json
        bars_ig_json/CodeSystem/ampds-dispatch-codes.json
        bars_ig_json/CodeSystem/arp-priority-codes.json
        bars_ig_json/CodeSystem/consent-categories-bars.json
        bars_ig_json/CodeSystem/dos-rejected-reasons-bars.json
        bars_ig_json/CodeSystem/flag-categories-bars.json
        bars_ig_json/CodeSystem/household-composition-bars.json
        bars_ig_json/CodeSystem/location-types-bars.json
        bars_ig_json/CodeSystem/reasonable-adjustment-codes-bars.json
        bars_ig_json/CodeSystem/rejected-reasons-bars.json
        bars_ig_json/CodeSystem/response-outcome-codes.json
        bars_ig_json/CodeSystem/safeguarding-codes-bars.json
        bars_ig_json/CodeSystem/scene-safety-codes-bars.json
        bars_ig_json/CodeSystem/triage-outcome-dx-codes.json
        bars_ig_json/CodeSystem/triage-outcome-pathways-codes.json
        bars_ig_json/CodeSystem/triage-outcome-sd-codes.json
        bars_ig_json/CodeSystem/triage-outcome-sg-codes.json
        bars_ig_json/CodeSystem/usecases-categories-bars.json
        bars_ig_json/Examples/FLA02 - Flag - Reasonable Adjustment.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-Booking-Request.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Request-Referral.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Request-Validation.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Response-Referral-Short.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Response-Referral.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Response-Validation-Full.json
        bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Response-Validation-Interim.json
        bars_ig_json/MessageDefinition/BARSMessageDefinitionBookingRequestCancelled.json
        bars_ig_json/MessageDefinition/BARSMessageDefinitionServiceRequestRequestCancelled.json
    """,
}


def by_file() -> dict[str, str]:
    """Give each file's expectation."""
    return {line.strip(): expected for expected, files in EXPECTED.items() for line in files.splitlines() if line.strip()}
