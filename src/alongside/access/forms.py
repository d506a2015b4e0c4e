# For workers only.
"""Signing in, choosing a hat, the first password, and settling who is kept away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.design.fields import ChoiceField, ChoicesField, TextField, TickField
from alongside.design.forms import Form
from alongside.vocabulary.clock import now

LOST = _("Lost it? Your hub lead can make you a link for a new one.")
"""Nobody is sent an e-mail for a new password."""
A_GOOD_PASSWORD = _("12 characters or more. Three or four words that only you would put together are good.")


def _say(field: forms.Field, label: Any, needed: Any, hint: Any = "") -> None:
    """Put a question of the library into our words: what it is called, and what to do when it was left empty."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = needed


class SignIn(LoginForm):
    """The library's form in our words: nobody is sent an e-mail, so a lost password is the hub lead's to help with."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("E-mail address"), _("Write your e-mail address."))
        self.fields["login"].error_messages["invalid"] = _("Write an e-mail address with an @, like name@example.com.")
        _say(self.fields["password"], _("Password"), _("Write your password."), LOST)


class PasswordAgain(ReauthenticateForm):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"), _("Write your password."), LOST)


class ChangePassword(ChangePasswordForm):
    use_required_attribute = False

    def clean_oldpassword(self) -> str:
        _one_more_try(self.user)
        return str(super().clean_oldpassword())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("The password you have now"), _("Write the password you have now."), LOST)
        _say(self.fields["password1"], _("Choose a new password"), _("Write a new password."), A_GOOD_PASSWORD)
        _say(self.fields["password2"], _("The new password again"), _("Write the new password again."))


def _one_more_try(user: Any) -> None:
    """Count a try of a code or of the password that somebody has, from this address; another address has tries of its own (P8)."""
    request = context.request
    if not counting.tries(((counting.SIGN_IN, (f"user {user.pk}", counting.address_of(request))),), at=now()):
        raise get_adapter().validation_error("too_many_login_attempts")


class SecondFactorCode(AuthenticateForm):
    use_required_attribute = False

    def clean_code(self) -> str:
        _one_more_try(self.user)
        return str(super().clean_code())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), _("Write the six digits, or a recovery code."))


class SecondFactorCodeAgain(CodeAgainForm):
    use_required_attribute = False

    def clean_code(self) -> str:
        _one_more_try(self.user)
        return str(super().clean_code())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), _("Write the six digits, or a recovery code."))


class SetUpSecondFactor(ActivateTOTPForm):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), _("Write the six digits that the app shows."))


class AddPasskey(AddWebAuthnForm):
    """Every passkey can be signed in with: one that only goes along with a password is not asked about."""

    use_required_attribute = False
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("So that you know it again: the telephone, the computer or the key that it is in.")
        _say(self.fields["name"], _("Its name"), _("Give it a name."), hint)


class RenamePasskey(EditWebAuthnForm):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Its name"), _("Give it a name."))


class SignInWithPasskey(LoginWebAuthnForm):
    """There is nothing to guess; what one address may ask of the server is bounded all the same."""

    def clean_credential(self) -> Any:
        address = counting.address_of(context.request)
        if not counting.tries(((counting.SIGN_IN_ADDRESS, (address,)),), at=now()):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_credential()


class ChooseHat(Form):
    hat = ChoiceField(label=_("Which hat do you wear now?"))

    def __init__(self, *args: Any, hats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hat"].choices = hats  # type: ignore[attr-defined]  # a ChoiceField, as declared


class FirstPassword(Form):
    password = TextField(
        label=_("Choose a password"),
        help_text=A_GOOD_PASSWORD,
        longest=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = TextField(
        label=_("The same password again"), longest=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.data.get("password"):
            raise forms.ValidationError(_("Write the same password in both boxes."))
        return str(self.cleaned_data["again"])


WHO_IS_MEANT = ("workers", "teams", "organisations")


class SettleExclusion(Form):
    """Who is meant; an empty list would free everybody, so that nobody is meant has to be said on its own."""

    workers = ChoicesField(
        label=_("Who is meant?"),
        help_text=_(
            "Tick everybody who must not see this person. Whoever is not ticked may see them again where their work asks for it."
        ),
        required=False,
    )
    teams = ChoicesField(label=_("A whole team?"), required=False)
    organisations = ChoicesField(label=_("A whole organisation?"), required=False)
    nobody = TickField(
        label=_("Nobody who works here is meant"),
        help_text=_("Everybody whose name is like what was written may then see this person again."),
    )

    def __init__(self, *args: Any, choices: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]  # ChoicesFields, as declared

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if set(WHO_IS_MEANT) & set(self.errors):
            return given
        anybody = any(given.get(name) for name in WHO_IS_MEANT)
        if anybody and given.get("nobody"):
            self.add_error("nobody", _("You have ticked somebody above. Untick them if nobody here is meant."))
        if not anybody and not given.get("nobody"):
            self.add_error("workers", _("Tick who is meant, or say that nobody here is meant."))
        return given
