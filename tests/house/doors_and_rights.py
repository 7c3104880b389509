"""Which right each view of the desk asks for: written down apart from the code that asks, and held to it.

A view that is missing here fails tests/house/test_rights.py: whoever adds one says here who is to get in.
"""

from __future__ import annotations

DOORS = {
    "after password": "accounts.sign_out factor.set_up factor.show",
    "needs see": """
        desk.home factor.recovery_codes factor.remove planning.index settings.end_others settings.end_session
        settings.language settings.password settings.show teamwork.assign teamwork.close teamwork.difference
        teamwork.history teamwork.page teamwork.version teamwork.widths writing.broken_links writing.edit
        writing.every_text writing.find_links writing.index writing.links_json writing.pictures_json
        writing.preview""",
    "needs begin": "photos_desk.begin writing.new writing.together",
    "needs write": """
        directory.words events_desk.write_programme photos_desk.add photos_desk.order photos_desk.remove
        photos_desk.sheet questions.delete questions.entry questions.new questions.overview
        teamwork.add_topic_to_several teamwork.assign_several teamwork.autosave teamwork.follow teamwork.name
        teamwork.presence teamwork.restore teamwork.several teamwork.translate videos_desk.bring_captions videos_desk.write_shotlist
        writing.add_picture
        writing.checklist writing.keep writing.submit writing.take_back""",
    "needs comment": "teamwork.comment teamwork.settle",
    "needs media": "uploads.again uploads.begin uploads.discard uploads.one uploads.page uploads.tell videos_desk.prepare_again",
    "needs preview_links": "teamwork.links teamwork.revoke",
    "needs review": "writing.confirm writing.review",
    "needs publish": """
        directory.drop_word directory.keep_word early_access.groups writing.moment writing.publish""",
    "needs urgent": "writing.urgent",
    "needs withdraw": "writing.withdraw",
    "needs contacts": """
        directory.contact directory.contacts directory.new_contact directory.new_subject directory.subject
        directory.subjects""",
    "needs media_accounts": """
        accreditation.close accreditation.close_group accreditation.decide accreditation.group accreditation.groups
        accreditation.index accreditation.new_group accreditation.put_in accreditation.show early_access.show
        logbook.activity taken.overview taken.overview_table taken.show taken.table taken.tell""",
    "needs jobs": "desk.job_state desk.work_in_progress",
    "needs change_jobs": "desk.change_job",
    "needs audit": "logbook.index",
    "needs newsletter": """
        issues.compose issues.correct issues.delete issues.index issues.new issues.opened issues.preview issues.progress
        issues.send issues.show issues.steer issues.stop issues.unschedule
        subscribers.block subscribers.erase subscribers.index subscribers.let subscribers.set_up subscribers.show
        subscribers.stop subscribers.upload""",
    "needs export_subscribers": "subscribers.export",
    "needs export_audit": "logbook.export",
    "needs people": """
        people.activate people.change_invitation people.deactivate people.index
        people.invite people.reset_factor people.show""",
}
RIGHT_OF = {endpoint: mark for mark, endpoints in DOORS.items() for endpoint in endpoints.split()}
