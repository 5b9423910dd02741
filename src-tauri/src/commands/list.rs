// Every command the page may call: name, arguments as TypeScript, answer as TypeScript. This list is all there is: it
// is read by build.rs (which makes Tauri refuse every other command), by the invoke handler and by the bindings.
macro_rules! with_commands {
    ($then:ident) => {
        $then! {
            app_state: "", "AppState";
            window_ready: "", "null";
            close_window: "", "null";
            change_settings: "change: SettingsChange", "AppState";
            answer_problem: "choice: ProblemChoice", "AppState";
            propose_periods: "", "PeriodFacts[]";
            period_facts: "start: string, end: string", "PeriodFacts";
            create_posting: "profile: Profile", "PostingView";
            create_sample: "", "PostingView";
            open_posting: "logId: string", "PostingView";
            posting_view: "", "PostingView";
            save: "changes: Change[]", "PostingView";
            save_draft: "entity: string, key: string, value: unknown", "DraftSaved";
            discard_draft: "entity: string, key: string", "PostingView";
            undo: "", "PostingView";
            redo: "", "PostingView";
            preview: "changes: Change[]", "Assessment";
            first_allowed: "requirement: string, date: string, exceptId: string | null", "FirstAllowed | null";
            trial: "changes: Change[]", "Trial";
            plan: "", "Plan";
            move_planned: "requirement: string, from: string | null, to: string | null", "Plan";
            export_plan: "", "ExportedPlan | null";
            forms: "", "FormState[]";
            form_preview: "form: FormKind, options: FormOptions | null", "FormPages";
            export_forms: "forms: FormKind[], formats: FormFormat[], options: FormOptions | null", "ExportedForms | null";
            draft_summary: "", "DraftedPassage[]";
            choose_pictures: "", "string[]";
            look_at_picture: "path: string | null, base64: string | null", "LookedAt";
            keep_picture: "id: string, areas: BlackArea[]", "Attachment";
            look_away: "id: string", "null";
            picture: "sha256: string, thumbnail: boolean", "PictureData | null";
            erase_picture: "sha256: string", "null";
            reviewed_picture: "sha256: string, thumbnail: boolean", "PictureData | null";
            export_review_file: "pictures: string[]", "ExportedReviewFile | null";
            open_review_file: "path: string | null", "ReviewView | null";
            backup_now: "", "BackupInfo";
            preview_restore: "path: string", "RestorePreview";
            restore: "path: string", "Restored";
            undo_restore: "steps: RestoreStep[]", "null";
            second_place: "", "SecondPlace | null";
            choose_second_place: "", "SecondPlace | null";
            forget_second_place: "", "null";
            move_away: "", "MovedAway | null";
            take_back: "", "AppState";
            delete_posting: "logId: string, typed: string", "DeletedPosting";
            choose_moving_file: "", "BackupPlace[] | null";
            backup_places: "", "BackupPlace[]";
            choose_backup_folder: "", "BackupPlace[] | null";
            choose_backup_file: "", "BackupPlace[] | null";
            read_backup: "path: string", "BackupReading";
            foresee_restore: "path: string", "ForeseenRestore";
            adopt_backup: "path: string", "AppState";
            save_everything: "", "SavedEverything | null";
            set_date: "date: string", "AppState";
            put_away_notice: "code: string", "AppState";
            diagnosis: "", "string";
            record_history: "entity: string, key: string", "RecordHistory";
            go_back: "entity: string, key: string, n: number", "PostingView";
            recycle_bin: "", "RemovedRecord[]";
            erase_texts: "entity: string, key: string", "PostingView";
            text_warnings: "changes: Change[]", "TextWarning[]";
            set_tally_item: "key: string | null, name: string, unit: string", "PostingView";
            search: "query: string", "SearchResults";
            remove_tally_item: "key: string", "PostingView";
            read_arrangement: "text: string", "ArrangementView";
            open_arrangement: "", "ArrangementView | null";
            day_offers: "dates: string[]", "DayOffer[]";
            own_phrases: "", "OwnPhrase[]";
            want_phrase: "text: string, wanted: boolean", "OwnPhrase[]";
            set_reminders: "to: RemindersTo", "PostingView";
        }
    };
}
