"""Every kind of offer that the mission documents name (requirements.md 8.4) is understood when somebody asks for it in plain words."""

from __future__ import annotations

import pytest

from alongside.vocabulary.search_terms import read_question

OFFERS = {
    "counselling": "counselling", "play therapy": "play_therapy", "debt advice": "debt_advice", "anger management": "anger_management",
    "self esteem course": "self_esteem", "self help group": "peer_support_group", "befriending": "befriending",
    "housing advice": "housing_advice", "help to find a job": "job_help", "adult education classes": "adult_learning",
    "drug and alcohol support": "drug_service", "help with self harm": "self_harm_support", "recovery college": "recovery_college",
    "talking therapy": "talking_therapy", "health check": "health_checks", "stop smoking": "stop_smoking",
    "medication review": "medicines_help", "psychiatrist": "community_mental_health_team", "social worker": "social_care_assessment",
    "benefits advice": "benefits_advice", "falls prevention": "falls_and_home_aids", "warm home help with heating": "fuel_help",
    "physiotherapy": "pain", "dietitian": "healthy_eating", "lung clinic copd": "heart_and_lungs", "diabetes clinic": "diabetes",
    "memory clinic": "memory_clinic", "advance care planning": "end_of_life", "help at home after hospital": "home_from_hospital",
    "safe space at night": "safe_haven", "crisis house": "crisis_house", "carers course": "adult_carers",
    "school counsellor": "young_people_counselling", "bereavement support": "bereavement", "loneliness in older people": "older_people_social",
    "retirement": "older_people_social", "autism support": "autism_support", "veterans support": "veterans", "lgbt group": "lgbtq",
    "domestic abuse refuge": "refuge",
}  # fmt: skip


@pytest.mark.parametrize(("offer", "topic"), OFFERS.items())
def test_it_is_understood(offer: str, topic: str) -> None:
    assert topic in read_question(offer).topics
