"""The words we use: on the page, in code, in the NHS data set, in FHIR. Source: design.md section 3; MHSDS v6; FHIR R4."""

TERMS: tuple[tuple[str, str, str, str], ...] = (
    ("you, a person", "Person", "MHS001MPI", "Patient"),
    ("asking for help, being introduced", "Referral", "MHS101Referral", "ServiceRequest"),
    ("being a member", "Membership", "–", "EpisodeOfCare"),
    ("who holds you", "Holding", "MHS006MHCareCoord", "CareTeam.participant"),
    ("your story", "StoryEntry", "–", "Observation, DocumentReference"),
    ("the conversation, how things are", "Assessment, Need", "MHS606, MHS607 for scores", "QuestionnaireResponse, Observation"),
    ("being introduced to someone", "Handover, Signpost", "MHS102", "Task"),
    ("meeting, call", "CareContact", "MHS201", "Encounter"),
    ("what is out there", "Service, ServiceAtLocation", "–", "HealthcareService, Location"),
    ("resting", "Membership.rest_reason (a membership never ends by itself)", "ReferClosureDate", "EpisodeOfCare.status"),
    ("carer, trusted person", "RelatedPerson", "MHS001, MHS011", "RelatedPerson"),
    ("who may see what", "Relationship, SharingAgreement, Exclusion", "–", "Consent"),
)
