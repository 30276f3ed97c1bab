"""The streamlit parts: navigation, session, widgets that pages share."""
