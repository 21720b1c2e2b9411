// What is built: how large it is, what it asks for, and what it does not contain.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { rules } from '../architecture/rules.ts';
import { expectBuild } from './harness/places.ts';
import { filesLoadedBy, measureBuild } from './harness/sizes.ts';

const kB = 1000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

for (const target of ['chrome-mv3', 'firefox-mv3'] as const) {
  test.describe(target, () => {
    const folder = expectBuild(target);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<
      string,
      unknown
    >;

    for (const [part, limit] of [
      ['pageScript', 20 * kB],
      ['worker', 65 * kB],
      ['popup', 60 * kB],
      ['sidePanel', 60 * kB],
      // What draws answers is loaded right after the first paint, or with the rest where a still is on screen.
      ['drawing', 30 * kB],
    ] as const) {
      test(`${part} is at most ${limit / kB} kB gzipped`, () => {
        const size = measureBuild(target)[part];
        console.log(`${target}: ${part} ${(size / kB).toFixed(2)} kB of ${limit / kB} kB`);
        expect(size).toBeGreaterThan(kB);
        expect(size).toBeLessThanOrEqual(limit);
      });
    }

    test('the popup loads the first script and the modules, and no more before them', () => {
      const files = filesLoadedBy(folder, 'popup.html');
      expect(files.slice(0, 3)).toEqual(['popup.html', 'early.js', expect.stringMatching(/^chunks\/popup-/)]);
      expect(files.filter((file) => file.startsWith('chunks/view-'))).toHaveLength(1);
      expect(files.filter((file) => file.endsWith('.css'))).toEqual([]);
    });

    test('the manifest asks for this and no more', () => {
      const wanted = ['storage', 'activeTab', 'scripting', 'contextMenus'];
      expect(manifest['permissions']).toEqual(target === 'chrome-mv3' ? [...wanted, 'sidePanel'] : wanted);
      expect(manifest['host_permissions'] ?? []).toEqual([]);
      expect(manifest['optional_host_permissions']).toEqual([
        'https://*/*',
        'http://localhost/*',
        'http://127.0.0.1/*',
      ]);
      for (const absent of [
        'content_scripts',
        'web_accessible_resources',
        'externally_connectable',
        'optional_permissions',
      ])
        expect(manifest).not.toHaveProperty(absent);
      expect(manifest['manifest_version']).toBe(3);
      expect(manifest['incognito']).toBe('not_allowed');
      expect(Object.keys(manifest['commands'] as object)).toEqual([
        '_execute_action',
        'translate-selection',
        'open-side-panel',
        'toggle-original',
      ]);
    });

    test('the policy of our pages lets nothing in', () => {
      const { extension_pages: policy } = manifest['content_security_policy'] as { extension_pages: string };
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe|script-src[^;]*(\*|data:|https?:)/);
      for (const page of ['popup.html', 'sidepanel.html', 'chat.html', 'options.html']) {
        const html = readFileSync(join(folder, page), 'utf8');
        expect(html, page).toContain("connect-src 'none'");
        expect(html, page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\s(on\w+|style)=/);
        // A style that stands in a page is let in by what it says, here and for all of the extension, and no other is.
        const [, style] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
        const [own] = /style-src[^;]*/.exec(html) ?? [];
        const allowed = style === undefined ? [] : [`'sha256-${sha256(style)}'`];
        expect(own, page).toBe(["style-src 'self'", ...allowed].join(' '));
        expect(html.split('<style').length - 1, page).toBe(allowed.length);
        for (const one of allowed) expect(policy).toContain(one);
      }
    });

    test('the page script contains no preset, no vault and no settings', () => {
      const text = readFileSync(join(folder, 'content-scripts/page.js'), 'utf8');
      for (const secret of rules.notInPageScript) expect(text.includes(secret), secret).toBe(false);
    });

    test('right-to-left styles ask for the direction, not for a list of languages', () => {
      const styles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.css'),
      );
      const text = styles.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
      expect(text).toContain(':dir(rtl)');
      expect(text).not.toContain(':lang(ar)');
    });

    test('no file asks the network for code or runs strings', () => {
      const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.js'),
      );
      expect(scripts.length).toBeGreaterThan(3);
      for (const script of scripts) {
        const text = readFileSync(join(folder, script), 'utf8');
        expect(text, script).not.toMatch(/\beval\(|new Function\(|importScripts\(|import\(["'`]https?:/);
      }
    });
  });
}
